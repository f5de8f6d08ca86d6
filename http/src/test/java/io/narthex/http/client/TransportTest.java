package io.narthex.http.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TransportTest {
  private static TransportRuntime runtime;
  private final RawServer server = new RawServer();

  @BeforeAll
  static void startRuntime() {
    runtime = new TransportRuntime();
  }

  @AfterAll
  static void stopRuntime() {
    runtime.close();
  }

  @AfterEach
  void stopServer() {
    server.close();
  }

  private record Answer(TransportResponse response, String body) {}

  private Answer get(HttpClientConfig config, String path, Duration timeout)
      throws TransportException {
    return get(config, server.url(path), timeout, 0);
  }

  private static Answer get(HttpClientConfig config, String url, Duration timeout, long limit)
      throws TransportException {
    try (Transport transport = new Transport(config, runtime)) {
      BodyBuffer body = new BodyBuffer(64);
      TransportResponse response =
          transport.send(
              TransportRequest.get(
                      URI.create(url),
                      Map.of("Accept", "text/plain", "Accept-Encoding", "gzip"),
                      timeout)
                  .withBodyLimit(limit),
              body);
      return new Answer(
          response, new String(body.bytes(), 0, body.length(), StandardCharsets.UTF_8));
    }
  }

  private Answer get(String path) throws TransportException {
    return get(HttpClientConfig.DEFAULT, path, Duration.ofSeconds(5));
  }

  private TransportException failure(String path, Duration timeout, long limit) {
    return catchThrowableOfType(
        TransportException.class,
        () -> get(HttpClientConfig.DEFAULT, server.url(path), timeout, limit));
  }

  private static byte[] gzip(byte[] plain) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(plain);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    return out.toByteArray();
  }

  @Test
  void readsPlainBodyAndHeaders() throws Exception {
    server.answer("text/plain", "up 1\n");
    Answer answer = get("/metrics?a=b%20c");
    assertThat(answer.response.status()).isEqualTo(200);
    assertThat(answer.response.contentType()).isEqualTo("text/plain");
    assertThat(answer.body).isEqualTo("up 1\n");
    assertThat(server.lastRequest())
        .startsWith("GET /metrics?a=b%20c HTTP/1.1\r\n")
        .contains("Host: 127.0.0.1:" + server.port())
        .contains("Accept: text/plain\r\n")
        .contains("Accept-Encoding: gzip\r\n");
  }

  @Test
  void reachesHostNamesWithUnderscores() {
    TransportException e =
        catchThrowableOfType(
            TransportException.class,
            () ->
                get(
                    HttpClientConfig.DEFAULT,
                    "http://no_such_host.invalid:9100/metrics",
                    Duration.ofSeconds(5),
                    0));
    assertThat(e)
        .hasMessageStartingWith(
            "Get \"http://no_such_host.invalid:9100/metrics\": dial tcp: lookup"
                + " no_such_host.invalid")
        .hasMessageEndingWith(": no such host");
  }

  @Test
  void keepsConnectionOpen() throws Exception {
    server.answer("text/plain", "up 1\n");
    try (Transport transport = new Transport(HttpClientConfig.DEFAULT, runtime)) {
      BodyBuffer body = new BodyBuffer(64);
      for (int i = 0; i < 20; i++) {
        transport.send(
            TransportRequest.get(URI.create(server.url("/")), Map.of(), Duration.ofSeconds(5)),
            body);
        assertThat(body.length()).isEqualTo(5);
      }
    }
    assertThat(server.connections()).isEqualTo(1);
  }

  @Test
  void sendsAgainWhereAKeptConnectionWasClosed() throws Exception {
    server.answer("text/plain", "up 1\n");
    server.closeSilentlyAfterAnswer(true);
    try (Transport transport = new Transport(HttpClientConfig.DEFAULT, runtime)) {
      BodyBuffer body = new BodyBuffer(64);
      for (int i = 0; i < 20; i++) {
        transport.send(
            TransportRequest.get(URI.create(server.url("/")), Map.of(), Duration.ofSeconds(5)),
            body);
        assertThat(body.length()).isEqualTo(5);
      }
    }
  }

  @Test
  void inflatesGzipOfSeveralMembers() throws Exception {
    byte[] first = "up 1\n".getBytes(StandardCharsets.UTF_8);
    byte[] second = "down{a=\"b\"} 1\n".repeat(50_000).getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream both = new ByteArrayOutputStream();
    both.writeBytes(gzip(first));
    both.writeBytes(gzip(second));
    server.answer("text/plain\r\nContent-Encoding: gzip", both.toByteArray());
    assertThat(get("/").body)
        .isEqualTo(
            new String(first, StandardCharsets.UTF_8) + new String(second, StandardCharsets.UTF_8));
  }

  @Test
  void refusesBrokenGzip() {
    byte[] packed = gzip("up 1\n".repeat(1000).getBytes(StandardCharsets.UTF_8));
    server.answer("text/plain\r\nContent-Encoding: gzip", "not gzip at all");
    assertThat(failure("/", Duration.ofSeconds(5), 0)).hasMessage("gzip: invalid header");
    server.answer(
        "text/plain\r\nContent-Encoding: gzip", Arrays.copyOf(packed, packed.length - 12));
    assertThat(failure("/", Duration.ofSeconds(5), 0)).hasMessage("unexpected EOF");
    packed[packed.length - 6] ^= 1;
    server.answer("text/plain\r\nContent-Encoding: gzip", packed);
    assertThat(failure("/", Duration.ofSeconds(5), 0)).hasMessage("gzip: invalid checksum");
  }

  @Test
  void limitsInflatedSize() throws Exception {
    byte[] plain = new byte[1000];
    Arrays.fill(plain, (byte) 'a');
    server.answer("text/plain\r\nContent-Encoding: gzip", gzip(plain));
    assertThat(get(HttpClientConfig.DEFAULT, server.url("/"), Duration.ofSeconds(5), 1001).body)
        .hasSize(1000);
    TransportException e = failure("/", Duration.ofSeconds(5), 1000);
    assertThat(e).hasMessage("body size limit exceeded");
    assertThat(e.kind()).isEqualTo(TransportException.Kind.BODY_LIMIT);
  }

  @Test
  void stopsGzipBombAtItsOwnCeiling() {
    server.answer("text/plain\r\nContent-Encoding: gzip", bomb());
    assertThat(failure("/", Duration.ofSeconds(30), 0).kind())
        .isEqualTo(TransportException.Kind.BODY_LIMIT);
  }

  /** Two GiB of zeros in two MiB: one compressed block of 64 MiB, over and over. */
  private static byte[] bomb() {
    byte[] member = gzip(new byte[64 << 20]);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int i = 0; i < 32; i++) {
      out.writeBytes(member);
    }
    return out.toByteArray();
  }

  @Test
  void stopsEndlessBody() {
    server.answerEndlessly();
    TransportException e = failure("/", Duration.ofSeconds(30), 1 << 20);
    assertThat(e.kind()).isEqualTo(TransportException.Kind.BODY_LIMIT);
  }

  @Test
  void reportsRefusedConnection() throws Exception {
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    String url = "http://127.0.0.1:" + port + "/metrics";
    assertThatThrownBy(() -> get(HttpClientConfig.DEFAULT, url, Duration.ofSeconds(5), 0))
        .hasMessage(
            "Get \"%s\": dial tcp 127.0.0.1:%d: connect: connection refused".formatted(url, port));
  }

  @Test
  void reportsTimeoutBeforeAndWithinTheBody() {
    server.hang("");
    TransportException before = failure("/metrics", Duration.ofMillis(300), 0);
    assertThat(before)
        .hasMessage("Get \"" + server.url("/metrics") + "\": context deadline exceeded");
    assertThat(before.timeout()).isTrue();
    server.hang("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf");
    long start = System.nanoTime();
    assertThat(failure("/metrics", Duration.ofMillis(300), 0))
        .hasMessage("context deadline exceeded");
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
  }

  @Test
  void reportsHalfABody() {
    server.answerRaw("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf");
    assertThat(failure("/", Duration.ofSeconds(5), 0)).hasMessage("unexpected EOF");
  }

  @Test
  void reportsClosedConnectionAndGarbage() {
    server.answerRaw("");
    assertThat(failure("/m", Duration.ofSeconds(5), 0))
        .hasMessage("Get \"" + server.url("/m") + "\": EOF");
    server.answerRaw("complete nonsense\r\n\r\n");
    assertThat(failure("/m", Duration.ofSeconds(5), 0))
        .hasMessage(
            "Get \""
                + server.url("/m")
                + "\": net/http: HTTP/1.x transport connection broken: malformed HTTP response");
  }

  @Test
  void followsRedirectsOnlyWhereAllowed() throws Exception {
    server.answerRaw("HTTP/1.1 302 Found\r\nLocation: /again\r\nContent-Length: 0\r\n\r\n");
    assertThat(failure("/", Duration.ofSeconds(5), 0))
        .hasMessage("Get \"/again\": stopped after 10 redirects");
    HttpClientConfig d = HttpClientConfig.DEFAULT;
    HttpClientConfig staying =
        new HttpClientConfig(
            d.basicAuth(),
            d.authorization(),
            d.oauth2(),
            d.tls(),
            false,
            true,
            d.proxy(),
            d.headers());
    assertThat(get(staying, "/", Duration.ofSeconds(5)).response.statusLine())
        .isEqualTo("302 Found");
  }

  @Test
  void readsCredentialsFromTheFileAtEachRequest(@TempDir Path folder) throws Exception {
    Path file = Files.writeString(folder.resolve("password"), "first\n");
    HttpClientConfig config =
        HttpClientConfig.DEFAULT.withBasicAuth(
            new BasicAuth("user", "", Secret.EMPTY, file.toString()));
    server.answer("text/plain", "");
    get(config, "/", Duration.ofSeconds(5));
    assertThat(server.lastRequest()).contains("Authorization: Basic dXNlcjpmaXJzdA==\r\n");
    Files.writeString(file, "second");
    get(config, "/", Duration.ofSeconds(5));
    assertThat(server.lastRequest()).contains("Authorization: Basic dXNlcjpzZWNvbmQ=\r\n");
    Files.delete(file);
    assertThatThrownBy(() -> get(config, "/", Duration.ofSeconds(5)))
        .hasMessage(
            "unable to read basic auth password file " + file + ": no such file or directory");
  }

  @Test
  void goesThroughAProxyUnlessExcepted() throws Exception {
    server.answer("text/plain", "by proxy");
    HttpClientConfig d = HttpClientConfig.DEFAULT;
    HttpClientConfig proxied =
        new HttpClientConfig(
            d.basicAuth(),
            d.authorization(),
            d.oauth2(),
            d.tls(),
            true,
            true,
            new ProxyConfig("http://127.0.0.1:" + server.port(), "direct.invalid", false, Map.of()),
            d.headers());
    Answer answer = get(proxied, "http://far.invalid/metrics", Duration.ofSeconds(5), 0);
    assertThat(answer.body).isEqualTo("by proxy");
    assertThat(server.lastRequest()).startsWith("GET http://far.invalid/metrics HTTP/1.1\r\n");
    assertThatThrownBy(
            () -> get(proxied, "http://direct.invalid/metrics", Duration.ofSeconds(5), 0))
        .hasMessageContaining("no such host");
  }

  @Test
  void fetchesOAuth2TokenOnce() throws Exception {
    server.answer("application/json", "{\"access_token\":\"t0k\",\"expires_in\":3600}");
    OAuth2Config oauth =
        new OAuth2Config(
            "id",
            new Secret("pw"),
            "",
            "",
            Secret.EMPTY,
            "",
            "",
            "",
            "",
            "",
            Map.of(),
            java.util.List.of("a", "b"),
            server.url("/token"),
            Map.of(),
            TlsConfig.DEFAULT,
            ProxyConfig.NONE);
    HttpClientConfig d = HttpClientConfig.DEFAULT;
    HttpClientConfig config =
        new HttpClientConfig(
            d.basicAuth(),
            d.authorization(),
            Optional.of(oauth),
            d.tls(),
            true,
            true,
            d.proxy(),
            d.headers());
    get(config, "/metrics", Duration.ofSeconds(5));
    assertThat(server.lastRequest()).contains("Authorization: Bearer t0k\r\n");
    assertThat(server.requests()).isEqualTo(2);
  }
}
