package io.narthex.scrape;

import static io.narthex.scrape.ScrapeHarness.await;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Targets that misbehave in every way they can cost nothing but their own {@code up}: each test
 * scrapes a good target beside the bad one, and looks at both.
 */
final class AdversarialTargetsTest {
  private final ScrapeHarness harness = new ScrapeHarness();
  private final TestTarget good = TestTarget.of("good 1\n");

  @AfterEach
  void close() {
    harness.close();
    good.close();
  }

  /** Scrapes both for a while, and checks that only the bad one is down; yields its last error. */
  private String downWith(TestTarget.Handler badHandler) {
    return downWith("", badHandler);
  }

  private String downWith(String settings, TestTarget.Handler badHandler) {
    try (TestTarget bad = new TestTarget(badHandler)) {
      harness.apply(
          ScrapeHarness.load(
              """
              scrape_configs:
                - job_name: job
                  scrape_interval: 500ms
                  scrape_timeout: 400ms
                  %s
                  static_configs:
                    - targets: ["%s", "%s"]
              """
                  .formatted(settings, good.address(), bad.address())));
      await(() -> ups(bad).size() >= 2 && ups(good).size() >= 2);
      assertThat(ups(bad)).containsOnly(0.0);
      assertThat(ups(good)).containsOnly(1.0);
      assertThat(harness.storage.values("good")).containsOnly(1.0);
      for (Target target : harness.manager.targets().active().get("job")) {
        if (target.url().contains(bad.address())) {
          assertThat(target.health()).isEqualTo(TargetHealth.DOWN);
          return target.lastError();
        }
      }
      throw new AssertionError("the bad target is not being scraped");
    }
  }

  private List<Double> ups(TestTarget target) {
    return harness.storage.of("up").stream()
        .filter(s -> s.labels().get("instance").equals(target.address()))
        .map(RecordingStorage.Sample::value)
        .toList();
  }

  @Test
  void targetThatNeverAnswers() {
    assertThat(downWith((n, out) -> Thread.sleep(60_000)))
        .startsWith("Get \"http://127.0.0.1:")
        .endsWith("/metrics\": context deadline exceeded");
  }

  @Test
  void targetThatDribbles() {
    String error =
        downWith(
            (n, out) -> {
              TestTarget.head(out, "200 OK", "text/plain", 1 << 20);
              for (int i = 0; i < 1 << 20; i++) {
                out.write('a');
                out.flush();
                Thread.sleep(20);
              }
            });
    assertThat(error).isEqualTo("context deadline exceeded");
  }

  @Test
  void targetThatSendsHalfABody() {
    String error =
        downWith(
            (n, out) -> {
              TestTarget.head(out, "200 OK", "text/plain", 100);
              out.write("half 1\nhalf_of".getBytes(StandardCharsets.UTF_8));
              throw new IOException("enough");
            });
    assertThat(error).isEqualTo("unexpected EOF");
    assertThat(harness.storage.of("half")).isEmpty();
  }

  @Test
  void targetThatLiesAboutItsContentType() {
    assertThat(
            downWith(
                (n, out) ->
                    TestTarget.answer(
                        out, "application/openmetrics-text", "# TYPE a counter\na 1\n")))
        .isEqualTo("data does not end with # EOF");
  }

  @Test
  void targetThatIsAWebPage() {
    assertThat(
            downWith((n, out) -> TestTarget.answer(out, "text/html", "<html>metrics below</html>")))
        .isEqualTo(
            "received unsupported Content-Type \"text/html\" and no fallback_scrape_protocol"
                + " specified for target");
  }

  @Test
  void targetThatSendsGarbage() {
    assertThat(
            downWith(
                (n, out) -> TestTarget.text(out, "fine 1\n7&-\"\u0001 garbage \u00e9\nmore 1\n")))
        .startsWith("expected a valid start token, got \"7\"");
    assertThat(harness.storage.of("fine")).isEmpty();
  }

  @Test
  void targetThatSpeaksNoHttp() {
    assertThat(
            downWith(
                (n, out) -> {
                  out.write("SSH-2.0-OpenSSH_9.2\r\n".getBytes(StandardCharsets.UTF_8));
                  out.flush();
                  throw new IOException("enough");
                }))
        .contains("malformed HTTP response");
  }

  @Test
  void targetThatRefusesConnections() {
    TestTarget gone = TestTarget.of("");
    String address = gone.address();
    gone.close();
    harness.apply(
        ScrapeHarness.load(
            """
            scrape_configs:
              - job_name: job
                scrape_interval: 200ms
                scrape_timeout: 100ms
                static_configs:
                  - targets: ["%s"]
            """
                .formatted(address)));
    harness.awaitScrapes(2);
    assertThat(harness.onlyTarget().lastError())
        .isEqualTo(
            "Get \"http://%s/metrics\": dial tcp %s: connect: connection refused"
                .formatted(address, address));
  }

  @Test
  void targetWithAHundredMegabytesInOneLabel() {
    byte[] megabyte = "x".repeat(1 << 20).getBytes(StandardCharsets.UTF_8);
    String error =
        downWith(
            (n, out) -> {
              TestTarget.head(out, "200 OK", "text/plain", (100L << 20) + 11);
              out.write("huge{a=\"".getBytes(StandardCharsets.UTF_8));
              for (int i = 0; i < 100; i++) {
                out.write(megabyte);
              }
              out.write("\"} 1".getBytes(StandardCharsets.UTF_8), 0, 3);
              out.flush();
            });
    // Depending on the machine the body comes too late, or is refused for what it is.
    assertThat(error)
        .matches("(?s).*(context deadline exceeded|more than 1048576|expected value after).*");
    assertThat(harness.storage.of("huge")).isEmpty();
  }

  @Test
  void targetWithMillionsOfLabels() {
    StringBuilder labels = new StringBuilder("many{");
    for (int i = 0; i < 100_000; i++) {
      labels.append("l").append(i).append("=\"v\",");
    }
    String body = labels.append("} 1\n").toString();
    assertThat(downWith((n, out) -> TestTarget.text(out, body)))
        .startsWith("name and labels of a series take ");
    assertThat(downWith("label_limit: 30", (n, out) -> TestTarget.text(out, body)))
        .startsWith("name and labels of a series take ");
  }

  @Test
  void targetThatSendsAGzipBomb() {
    byte[] bomb = gzip("bomb 1\n".repeat(1 << 20));
    String error =
        downWith(
            "body_size_limit: 1MB",
            (n, out) -> {
              TestTarget.head(
                  out, "200 OK", "text/plain\r\nContent-Encoding: gzip", 100L * bomb.length);
              for (int i = 0; i < 100; i++) {
                out.write(bomb);
              }
            });
    assertThat(error).isEqualTo("body size limit exceeded");
  }

  @Test
  void targetThatSendsWithoutEnd() {
    byte[] lines = "endless{a=\"b\"} 1\n".repeat(4096).getBytes(StandardCharsets.UTF_8);
    assertThat(downWith("body_size_limit: 10MB", (n, out) -> endless(out, lines)))
        .isEqualTo("body size limit exceeded");
    assertThat(harness.storage.of("endless")).isEmpty();
  }

  private static void endless(OutputStream out, byte[] lines) throws IOException {
    TestTarget.head(out, "200 OK", "text/plain", Long.MAX_VALUE);
    while (true) {
      out.write(lines);
    }
  }

  @Test
  void targetWithEndlessHeaders() {
    byte[] header = ("X-Filler: " + "y".repeat(1000) + "\r\n").getBytes(StandardCharsets.UTF_8);
    String error =
        downWith(
            (n, out) -> {
              out.write("HTTP/1.1 200 OK\r\n".getBytes(StandardCharsets.UTF_8));
              while (true) {
                out.write(header);
              }
            });
    assertThat(error).startsWith("Get \"http://127.0.0.1:");
  }

  private static byte[] gzip(String text) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    return out.toByteArray();
  }
}
