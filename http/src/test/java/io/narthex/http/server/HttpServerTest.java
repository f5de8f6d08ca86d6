package io.narthex.http.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.narthex.client.ExpositionFormat;
import io.narthex.client.MetricRegistry;
import io.narthex.client.TextExposition;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
final class HttpServerTest {
  private final MetricRegistry registry = new MetricRegistry();
  private final Router router = new Router("");
  private final HttpClient client = HttpClient.newHttpClient();
  private HttpServer server;

  @AfterEach
  void stop() {
    client.close();
    if (server != null) {
      server.close();
    }
  }

  private void start() {
    start(HttpServerOptions.listeningOn(List.of("127.0.0.1:0")));
  }

  private void start(HttpServerOptions options) {
    server = new HttpServer(options, router, registry);
    server.start();
  }

  private int port() {
    return server.addresses().getFirst().getPort();
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + path))
        .timeout(Duration.ofSeconds(10));
  }

  private HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return client.send(request(path).build(), BodyHandlers.ofString());
  }

  private HttpResponse<String> send(String method, String path)
      throws IOException, InterruptedException {
    return client.send(
        request(path).method(method, HttpRequest.BodyPublishers.noBody()).build(),
        BodyHandlers.ofString());
  }

  private String metrics() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    TextExposition.write(registry, ExpositionFormat.text(), out);
    return out.toString(StandardCharsets.UTF_8);
  }

  @Test
  void namesTheAddressThatIsInUse() throws IOException {
    start();
    String taken = "127.0.0.1:" + port();
    try (HttpServer second =
        new HttpServer(
            HttpServerOptions.listeningOn(List.of("127.0.0.1:0", taken)),
            new Router(""),
            new MetricRegistry())) {
      assertThatThrownBy(second::bind)
          .isInstanceOf(HttpServerException.class)
          .hasMessage("listen tcp " + taken + ": bind: address already in use");
    }
  }

  @Test
  void refusesAddressesThatCannotBe() {
    for (String bad : List.of("9090", "127.0.0.1:port", "127.0.0.1:65536", "::1:9090")) {
      HttpServer broken =
          new HttpServer(
              HttpServerOptions.listeningOn(List.of(bad)), new Router(""), new MetricRegistry());
      assertThatThrownBy(broken::bind)
          .as(bad)
          .hasMessageStartingWith("listen tcp: address " + bad + ": ");
      broken.close();
    }
  }

  @Test
  void listensOnSeveralAddresses() throws Exception {
    router.get("/", exchange -> exchange.respond(200, "hello"));
    start(HttpServerOptions.listeningOn(List.of("127.0.0.1:0", ":0")));
    for (InetSocketAddress address : server.addresses()) {
      URI uri = URI.create("http://127.0.0.1:" + address.getPort() + "/");
      assertThat(client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString()).body())
          .isEqualTo("hello");
    }
  }

  @Test
  void mergesFormBeforeQueryString() throws Exception {
    router.post(
        "/p",
        exchange ->
            exchange.respond(
                200, exchange.parameters().all("a") + exchange.parameters().first("b")));
    start();
    HttpRequest post =
        request("/p?a=2&b=x%20y")
            .header("Content-Type", "application/x-www-form-urlencoded; charset=utf-8")
            .POST(HttpRequest.BodyPublishers.ofString("a=1&a=%C3%A4"))
            .build();
    assertThat(client.send(post, BodyHandlers.ofString()).body()).isEqualTo("[1, ä, 2]x y");
  }

  @Test
  void refusesFormsThatAreTooLarge() throws Exception {
    router.post("/p", exchange -> exchange.respond(200, exchange.parameters().first("a")));
    start();
    HttpRequest post =
        request("/p")
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString("a=" + "x".repeat(11 << 20)))
            .build();
    HttpResponse<String> response = client.send(post, BodyHandlers.ofString());
    assertThat(response.statusCode()).isEqualTo(413);
    assertThat(response.body()).isEqualTo("http: request body too large\n");
  }

  @Test
  void acceptsLongQueryStrings() throws Exception {
    router.get(
        "/q",
        exchange -> exchange.respond(200, "" + exchange.parameters().first("query").length()));
    start();
    assertThat(get("/q?query=" + "x".repeat(300_000)).body()).isEqualTo("300000");
  }

  @Test
  void decodesPathParameters() throws Exception {
    router.get(
        "/label/:name/values", exchange -> exchange.respond(200, exchange.pathParameter("name")));
    router.get("/files/*rest", exchange -> exchange.respond(200, exchange.pathParameter("rest")));
    start();
    assertThat(get("/label/a%20b%C3%A4/values").body()).isEqualTo("a bä");
    assertThat(get("/files/x/y.txt").body()).isEqualTo("/x/y.txt");
    assertThat(get("/label//values").statusCode()).isEqualTo(307);
    assertThat(get("/label/a%2Fb/values").statusCode()).isEqualTo(404);
  }

  @Test
  void answersAsGoWhereNoRouteFits() throws Exception {
    router.get("/a", exchange -> exchange.respond(200, "a"));
    router.post("/a", exchange -> exchange.respond(200, "a"));
    start();
    HttpResponse<String> missing = get("/b");
    assertThat(missing.statusCode()).isEqualTo(404);
    assertThat(missing.body()).isEqualTo("404 page not found\n");
    assertThat(missing.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
    HttpResponse<String> wrongMethod = send("DELETE", "/a");
    assertThat(wrongMethod.statusCode()).isEqualTo(405);
    assertThat(wrongMethod.body()).isEqualTo("Method Not Allowed\n");
    assertThat(wrongMethod.headers().firstValue("Allow")).contains("GET, OPTIONS, POST");
    assertThat(send("OPTIONS", "/a").statusCode()).isEqualTo(200);
    assertThat(get("/a/?x=1").headers().firstValue("Location")).contains("/a?x=1");
    assertThat(get("/a/").statusCode()).isEqualTo(301);
    assertThat(get("//a").headers().firstValue("Location")).contains("/a");
    assertThat(get("//a").statusCode()).isEqualTo(307);
    assertThat(get("/x/../a").headers().firstValue("Location")).contains("/a");
  }

  @Test
  void servesBelowAPrefix() throws Exception {
    Router prefixed = new Router("/prom");
    prefixed.get("/a", exchange -> exchange.respond(200, "a"));
    prefixed.addOutsidePrefix("GET", "/", exchange -> exchange.redirect(302, "/prom"));
    server =
        new HttpServer(HttpServerOptions.listeningOn(List.of("127.0.0.1:0")), prefixed, registry);
    server.start();
    assertThat(get("/prom/a").body()).isEqualTo("a");
    assertThat(get("/a").statusCode()).isEqualTo(404);
    assertThat(get("/").headers().firstValue("Location")).contains("/prom");
  }

  @Test
  void streamsLargeBodiesInPieces() throws Exception {
    byte[] piece = new byte[100_000];
    Arrays.fill(piece, (byte) 'x');
    router.get(
        "/large",
        exchange -> {
          exchange.compress();
          try (ResponseStream out = exchange.output(Exchange.TEXT)) {
            for (int i = 0; i < 50; i++) {
              out.write(piece, 0, piece.length);
            }
          }
        });
    start();
    assertThat(get("/large").body()).hasSize(5_000_000);
    HttpResponse<byte[]> zipped =
        client.send(
            request("/large").header("Accept-Encoding", "br, gzip").build(),
            BodyHandlers.ofByteArray());
    assertThat(zipped.headers().firstValue("Content-Encoding")).contains("gzip");
    assertThat(zipped.body().length).isLessThan(100_000);
    try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(zipped.body()))) {
      assertThat(in.readAllBytes()).hasSize(5_000_000).containsOnly('x');
    }
  }

  @Test
  void leavesSmallBodiesUncompressed() throws Exception {
    router.get(
        "/small",
        exchange -> {
          exchange.compress();
          exchange.respond(200, "small");
        });
    start();
    HttpResponse<String> response =
        client.send(
            request("/small").header("Accept-Encoding", "gzip").build(), BodyHandlers.ofString());
    assertThat(response.body()).isEqualTo("small");
    assertThat(response.headers().firstValue("Content-Encoding")).isEmpty();
    assertThat(response.headers().firstValue("Content-Length")).contains("5");
  }

  @Test
  void survivesHandlersThatFail() throws Exception {
    router.get(
        "/bug",
        exchange -> {
          throw new IllegalStateException("BUG: on purpose");
        });
    router.get(
        "/refused",
        exchange -> {
          throw new RequestException(418, "short and stout");
        });
    start();
    assertThat(get("/bug").statusCode()).isEqualTo(500);
    assertThat(get("/refused").statusCode()).isEqualTo(418);
    assertThat(get("/refused").body()).isEqualTo("short and stout\n");
  }

  @Test
  void countsRequestsByRouteAndStatus() throws Exception {
    router.get("/label/:name/values", exchange -> exchange.respond(200, "12345"));
    router.get("/never", exchange -> exchange.respond(200, ""));
    start();
    get("/label/a/values");
    get("/label/b/values");
    assertThat(metrics())
        .contains(
            "prometheus_http_requests_total{code=\"200\",handler=\"/label/:name/values\"} 2\n")
        .contains("prometheus_http_requests_total{code=\"200\",handler=\"/never\"} 0\n")
        .contains("prometheus_http_response_size_bytes_sum{handler=\"/label/:name/values\"} 10\n")
        .contains(
            "prometheus_http_request_duration_seconds_bucket{handler=\"/label/:name/values\",le=\"120\"}"
                + " 2\n")
        .contains("net_conntrack_listener_conn_accepted_total{listener_name=\"http\"} 1\n");
  }

  @Test
  void tellsWhenTheClientHasGone() throws Exception {
    CountDownLatch running = new CountDownLatch(1);
    CountDownLatch gone = new CountDownLatch(1);
    router.get(
        "/slow",
        exchange -> {
          exchange.onDisconnect(gone::countDown);
          running.countDown();
          await(gone);
        });
    start();
    try (Socket socket = new Socket("127.0.0.1", port())) {
      socket
          .getOutputStream()
          .write("GET /slow HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      assertThat(running.await(10, TimeUnit.SECONDS)).isTrue();
      Thread.sleep(250);
      assertThat(gone.getCount()).as("client is still there").isEqualTo(1);
    }
    assertThat(gone.await(10, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void losesNoRequestThatCameWhileWatchingForTheClientToGo() throws Exception {
    router.get(
        "/slow",
        exchange -> {
          exchange.onDisconnect(() -> {});
          sleep(400);
          exchange.respond(200, "slow");
        });
    router.get("/next", exchange -> exchange.respond(200, exchange.parameters().first("q")));
    start();
    try (Socket socket = new Socket("127.0.0.1", port())) {
      String next =
          "GET /next?q=" + "y".repeat(500) + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
      socket
          .getOutputStream()
          .write(
              ("GET /slow HTTP/1.1\r\nHost: x\r\n\r\n" + next).getBytes(StandardCharsets.US_ASCII));
      String all = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
      assertThat(all).contains("slow").endsWith("y".repeat(500));
    }
    try (Socket socket = new Socket("127.0.0.1", port())) {
      socket
          .getOutputStream()
          .write("GET /slow HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      Thread.sleep(200);
      socket
          .getOutputStream()
          .write(
              "GET /next?q=z HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
                  .getBytes(StandardCharsets.US_ASCII));
      String all = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
      assertThat(all).contains("slow").endsWith("z");
    }
  }

  @Test
  void letsOnlySoManyConnectionsIn() throws Exception {
    router.get("/", exchange -> exchange.respond(200, "hello"));
    start(
        new HttpServerOptions(
            List.of("127.0.0.1:0"), Duration.ofMinutes(1), 1, Duration.ofSeconds(1)));
    byte[] request = "GET / HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    Socket first = new Socket("127.0.0.1", port());
    first.getOutputStream().write(request);
    assertThat(first.getInputStream().read()).isEqualTo('H');
    try (Socket second = new Socket("127.0.0.1", port())) {
      second.getOutputStream().write(request);
      second.setSoTimeout(300);
      assertThatThrownBy(() -> second.getInputStream().read()).isInstanceOf(IOException.class);
      first.close();
      second.setSoTimeout(10_000);
      assertThat(second.getInputStream().read()).isEqualTo('H');
    }
  }

  @Test
  void finishesRunningRequestsWhenItStops() throws Exception {
    CountDownLatch running = new CountDownLatch(1);
    router.get(
        "/slow",
        exchange -> {
          running.countDown();
          sleep(300);
          exchange.respond(200, "done");
        });
    start();
    CompletableFuture<HttpResponse<String>> response =
        client.sendAsync(request("/slow").build(), BodyHandlers.ofString());
    assertThat(running.await(10, TimeUnit.SECONDS)).isTrue();
    server.close();
    assertThat(response.get(10, TimeUnit.SECONDS).body()).isEqualTo("done");
  }

  @Test
  void closesConnectionsThatSendTooSlowly() throws Exception {
    router.post("/p", exchange -> exchange.respond(200, exchange.parameters().first("a")));
    start(
        new HttpServerOptions(
            List.of("127.0.0.1:0"), Duration.ofMillis(300), 10, Duration.ofSeconds(1)));
    try (Socket socket = new Socket("127.0.0.1", port())) {
      socket.setSoTimeout(10_000);
      String head =
          "POST /p HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\n"
              + "Content-Length: 100\r\n\r\na=1";
      socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
      String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
      assertThat(answer).doesNotContain("200 OK");
    }
  }

  @Test
  void letsHandlersTakeLongerThanTheReadTimeout() throws Exception {
    router.get(
        "/slow",
        exchange -> {
          exchange.onDisconnect(() -> {});
          sleep(900);
          exchange.respond(200, "done");
        });
    start(
        new HttpServerOptions(
            List.of("127.0.0.1:0"), Duration.ofMillis(300), 10, Duration.ofSeconds(1)));
    assertThat(get("/slow").body()).isEqualTo("done");
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await(20, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void sleep(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
