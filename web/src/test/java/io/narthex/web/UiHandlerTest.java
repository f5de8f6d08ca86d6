package io.narthex.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.client.MetricRegistry;
import io.narthex.http.server.HttpServer;
import io.narthex.http.server.HttpServerOptions;
import io.narthex.http.server.Router;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class UiHandlerTest {
  private final HttpClient client = HttpClient.newHttpClient();
  private HttpServer server;

  @BeforeEach
  void start() {
    start("io/narthex/web/assets/");
  }

  private void start(String folder) {
    Router router = new Router("");
    WebOptions options =
        WebOptions.builder().pageTitle("A & <B>").externalUrl(URI.create("http://x/p/")).build();
    new UiHandler(new Assets(getClass().getClassLoader(), folder), options, 300_000, () -> true)
        .addTo(router);
    server =
        new HttpServer(
            HttpServerOptions.listeningOn(List.of("127.0.0.1:0")), router, new MetricRegistry());
    server.start();
  }

  @AfterEach
  void stop() {
    client.close();
    server.close();
  }

  private HttpResponse<byte[]> get(String path, String... headers) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(
            URI.create("http://127.0.0.1:" + server.addresses().getFirst().getPort() + path));
    return client.send(
        (headers.length == 0 ? request : request.headers(headers)).build(),
        BodyHandlers.ofByteArray());
  }

  @Test
  void fillsThePlaceholdersOfThePage() throws Exception {
    for (String page : List.of("/query", "/targets", "/status", "/tsdb-status")) {
      HttpResponse<byte[]> response = get(page);
      assertThat(new String(response.body(), StandardCharsets.UTF_8))
          .isEqualTo("<title>A &amp; &lt;B&gt;</title>");
      assertThat(response.headers().firstValue("Cache-Control")).contains("no-cache");
      assertThat(response.headers().firstValue("Content-Type"))
          .contains("text/html; charset=utf-8");
    }
    assertThat(get("/").headers().firstValue("Location")).contains("/p/query");
  }

  @Test
  void letsBrowsersKeepAssets() throws Exception {
    HttpResponse<byte[]> css = get("/assets/a.css");
    assertThat(css.statusCode()).as("no such file below assets/").isEqualTo(404);
    server.close();
    start("io/narthex/web/");
    HttpResponse<byte[]> first = get("/assets/a.css");
    assertThat(new String(first.body(), StandardCharsets.UTF_8)).isEqualTo("body{}");
    assertThat(first.headers().firstValue("Content-Type")).contains("text/css; charset=utf-8");
    assertThat(first.headers().firstValue("Cache-Control"))
        .contains("public, max-age=31536000, immutable");
    String etag = first.headers().firstValue("ETag").orElseThrow();
    HttpResponse<byte[]> again = get("/assets/a.css", "If-None-Match", etag);
    assertThat(again.statusCode()).isEqualTo(304);
    assertThat(again.body()).isEmpty();
  }

  @Test
  void sendsTheCompressedTwin() throws Exception {
    server.close();
    start("io/narthex/web/");
    HttpResponse<byte[]> zipped = get("/assets/b.js", "Accept-Encoding", "gzip, br");
    assertThat(zipped.headers().firstValue("Content-Encoding")).contains("gzip");
    try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(zipped.body()))) {
      assertThat(in.readAllBytes()).isEqualTo(get("/assets/b.js").body());
    }
    assertThat(get("/assets/b.js.gz").statusCode()).isEqualTo(404);
  }

  @Test
  void saysWhereTheApiIsIfThereIsNoUi() throws Exception {
    server.close();
    start("nowhere/");
    HttpResponse<byte[]> page = get("/query");
    assertThat(page.statusCode()).isEqualTo(404);
    assertThat(new String(page.body(), StandardCharsets.UTF_8)).contains("/p/api/v1");
  }
}
