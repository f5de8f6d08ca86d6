package io.narthex.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.config.ConfigException;
import io.narthex.model.labels.Labels;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Queries that ask for too much end in an error that says so, and others are answered meanwhile.
 */
@Timeout(120)
class HostileQueriesTest {
  private static final String TOO_DEEP = "too many operators or groups within each other";
  private static TestServer server;

  @BeforeAll
  static void start() throws ConfigException {
    server = new TestServer();
    server.database.add(Labels.of("__name__", "up", "job", "a"), 1_000, 1);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static String nested(String open, String inner, String close, int times) {
    return open.repeat(times) + inner + close.repeat(times);
  }

  static Stream<Arguments> hostile() {
    return Stream.of(
        Arguments.of(
            "/query", "up{job=~\"((((a{1,100}){1,100}){1,100}){1,100})\"}", "repeat count"),
        Arguments.of(
            "/query",
            "label_replace(up, \"a\", \"\", \"job\", \"((a{1,100}){1,100}){1,100}\")",
            "invalid regular expression in label_replace()"),
        Arguments.of(
            "/query", "up{job=~\"" + nested("(", "a", ")", 5000) + "\"}", "nests too deeply"),
        Arguments.of("/query", nested("(", "up", ")", 100_000), "nests more than 2000 levels"),
        Arguments.of("/query", "max_over_time(up[1y:1ms])", "too many samples"),
        Arguments.of("/query", "max_over_time(vector(1)[10d:1ms])", "too many samples"),
        Arguments.of(
            "/query",
            nested("label_replace(", "up", ",\"job\",\"$1$1$1$1$1$1$1$1\",\"job\",\"(.*)\")", 25),
            "label_replace() makes a label value of more than 1048576 characters"),
        Arguments.of(
            "/query",
            nested("label_join(", "up", ",\"job\",\"\",\"job\",\"job\",\"job\",\"job\")", 25),
            "label_join() makes a label value of more than 1048576 characters"),
        Arguments.of("/query", "up" + "+up".repeat(100_000), TOO_DEEP),
        Arguments.of("/query_explain", "up" + "+up".repeat(100_000), TOO_DEEP),
        Arguments.of("/format_query", "1" + "+1".repeat(100_000), TOO_DEEP),
        Arguments.of("/parse_query", "1" + "+1".repeat(100_000), TOO_DEEP));
  }

  private static HttpResponse<String> post(String path, String query) throws Exception {
    return server.post(
        "/api/v1" + path, TestServer.encode("query", query, "time", "1", "timeout", "20s"));
  }

  @ParameterizedTest
  @MethodSource("hostile")
  void endInAClearErrorWhileOthersAreAnswered(String path, String query, String error)
      throws Exception {
    long begun = System.nanoTime();
    HttpResponse<String> response = post(path, query);
    assertThat(response.statusCode()).isIn(400, 422);
    assertThat(response.body()).contains("\"status\":\"error\"").contains(error);
    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(20));
    assertThat(post("/query", "1 + 1").body()).contains("\"2\"");
  }

  @Test
  void aMillionStepsAreRefused() throws Exception {
    HttpResponse<String> response =
        server.get("/api/v1/query_range?query=up&start=0&end=1000000&step=1");
    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(response.body()).contains("exceeded maximum resolution of 11,000 points");
  }

  @Test
  void aThousandParenthesesAreNotHostile() throws Exception {
    assertThat(post("/query", nested("(", "1", ")", 1000)).body()).contains("\"1\"");
    assertThat(post("/format_query", nested("(", "1", ")", 1000)).statusCode()).isEqualTo(200);
  }

  @Test
  void aQueryEndsWithItsTime() throws Exception {
    for (int i = 0; i < 50; i++) {
      server.database.add(Labels.of("__name__", "slow", "i", Integer.toString(i)), 1_000, 1);
    }
    server.database.beforeRead =
        () -> {
          try {
            Thread.sleep(100);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        };
    try {
      HttpResponse<String> response = server.get("/api/v1/query?query=slow&time=1&timeout=300ms");
      assertThat(response.statusCode()).isEqualTo(503);
      assertThat(response.body())
          .contains("\"errorType\":\"timeout\"")
          .contains("query timed out in expression evaluation");
    } finally {
      server.database.beforeRead = () -> {};
    }
  }

  @Test
  void aSingleSeriesWithEndlessWindowsEndsWithItsTime() throws Exception {
    String query = "sum_over_time(sum_over_time(vector(1)[2d:1s])[2d:1s])";
    long start = System.nanoTime();

    HttpResponse<String> response =
        server.get("/api/v1/query?" + TestServer.encode("query", query, "timeout", "500ms"));

    assertThat(response.body()).contains("query timed out in expression evaluation");
    assertThat(System.nanoTime() - start).isLessThan(TimeUnit.SECONDS.toNanos(15));
  }
}
