package io.narthex.server.queries;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.narthex.promql.LoggedQuery;
import io.narthex.promql.QueryOrigin;
import io.narthex.promql.QueryStats;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class QueryLogFileTest {
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-01-02T03:04:05.120300Z"), ZoneOffset.UTC);
  private static final QueryStats STATS =
      new QueryStats(0.5, 0, 0.25, 0.125, 0.0625, 1, 7, 5, 3, 0, 0, new long[0], new long[0]);
  private static final String STATS_JSON =
      "\"stats\":{\"timings\":{\"evalTotalTime\":0.5,\"resultSortTime\":0,"
          + "\"queryPreparationTime\":0.25,\"innerEvalTime\":0.125,\"execQueueTime\":0.0625,"
          + "\"execTotalTime\":1},\"samples\":{\"totalQueryableSamples\":7,\"samplesRead\":5,"
          + "\"peakSamples\":3}},\"spanID\":\"0000000000000000\","
          + "\"traceID\":\"00000000000000000000000000000000\"";
  private static final String HEAD =
      "{\"time\":\"2026-01-02T03:04:05.1203Z\",\"level\":\"INFO\",\"source\":\"QueryLogFile\","
          + "\"msg\":\"promql query logged\",";

  @TempDir private Path folder;

  @Test
  void writesTheMembersOfPrometheusInItsOrder() throws IOException {
    Path file = folder.resolve("q.log");
    try (QueryLogFile log = QueryLogFile.open(file, CLOCK)) {
      log.write(
          new LoggedQuery(
              "a < \"é\"",
              1_700_000_000_123L,
              1_700_000_010_000L,
              1500,
              Optional.empty(),
              STATS,
              QueryOrigin.httpRequest("127.0.0.1", "POST", "/api/v1/query_range")));
    }
    assertThat(Files.readString(file))
        .isEqualTo(
            HEAD
                + "\"params\":{\"end\":\"2023-11-14T22:13:30.000Z\","
                + "\"query\":\"a \\u003c \\\"é\\\"\",\"start\":\"2023-11-14T22:13:20.123Z\","
                + "\"step\":1},"
                + STATS_JSON
                + ",\"httpRequest\":{\"clientIP\":\"127.0.0.1\",\"method\":\"POST\","
                + "\"path\":\"/api/v1/query_range\"}}\n");
  }

  @Test
  void tellsWhyThereIsNoResultAndWhichRuleAsked() throws IOException {
    Path file = folder.resolve("q.log");
    try (QueryLogFile log = QueryLogFile.open(file, CLOCK)) {
      log.write(
          new LoggedQuery(
              "a",
              0,
              0,
              0,
              Optional.of("query timed out in expression evaluation"),
              STATS,
              QueryOrigin.ruleGroup("rules.yml", "g")));
    }
    assertThat(Files.readString(file))
        .isEqualTo(
            HEAD
                + "\"params\":{\"end\":\"1970-01-01T00:00:00.000Z\",\"query\":\"a\","
                + "\"start\":\"1970-01-01T00:00:00.000Z\",\"step\":0},"
                + "\"error\":\"query timed out in expression evaluation\","
                + STATS_JSON
                + ",\"ruleGroup\":{\"file\":\"rules.yml\",\"name\":\"g\"}}\n");
  }

  @Test
  void appendsToWhatIsThere() throws IOException {
    Path file = Files.writeString(folder.resolve("q.log"), "before\n");
    try (QueryLogFile log = QueryLogFile.open(file, CLOCK)) {
      log.write(new LoggedQuery("1", 0, 0, 0, Optional.empty(), STATS, QueryOrigin.UNKNOWN));
    }
    assertThat(Files.readString(file)).startsWith("before\n{").endsWith("\"}\n");
  }

  @Test
  void namesTheFileThatCannotBeOpened() {
    Path file = folder.resolve("missing/q.log");
    assertThatThrownBy(() -> QueryLogFile.open(file, CLOCK).close())
        .isInstanceOf(QueryFileException.class)
        .hasMessage("can't create json log file: open " + file + ": no such file or directory");
  }
}
