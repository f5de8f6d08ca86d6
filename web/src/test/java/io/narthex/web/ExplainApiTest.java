package io.narthex.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.config.ConfigException;
import io.narthex.model.labels.Labels;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The answers of {@code /api/v1/query_explain}, as {@code docs/explain.md} describes them. */
class ExplainApiTest {
  private TestServer server;

  @BeforeEach
  void start() throws ConfigException {
    server = new TestServer();
    for (long t = 0; t <= 60_000; t += 15_000) {
      server.database.add(Labels.of("__name__", "up", "job", "a"), t, 1);
      server.database.add(Labels.of("__name__", "up", "job", "b"), t, 2);
    }
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private HttpResponse<String> get(String... parameters) throws Exception {
    return server.get("/api/v1/query_explain?" + TestServer.encode(parameters));
  }

  @Test
  void answersWithThePlanAndWhatToExpect() throws Exception {
    HttpResponse<String> response =
        get("query", "sum(up{job=~\"a\"})", "start", "0", "end", "60", "step", "15");
    assertThat(response.body())
        .isEqualTo(
            "{\"status\":\"success\",\"data\":{\"analyzed\":false,\"plan\":"
                + "{\"operator\":\"aggregation\",\"text\":\"sum(up{job=~\\\"a\\\"})\","
                + "\"position\":{\"start\":0,\"end\":17},"
                + "\"details\":{\"operator\":\"sum\",\"method\":\"folds series as they stream"
                + " by\"},"
                + "\"steps\":5,\"estimated\":{\"series\":1,\"exact\":true},\"inputs\":["
                + "{\"operator\":\"instant selector\",\"text\":\"up{job=~\\\"a\\\"}\","
                + "\"position\":{\"start\":4,\"end\":16},"
                + "\"details\":{\"matchers\":\"{job=~\\\"a\\\", __name__=\\\"up\\\"}\","
                + "\"startMillis\":\"-299999\",\"endMillis\":\"60000\",\"pushed\":\"sum\"},"
                + "\"steps\":5,\"estimated\":{\"series\":1,\"exact\":true,\"samples\":23},"
                + "\"inputs\":[]}]},"
                + "\"hints\":[{\"kind\":\"literal-regex\",\"text\":\"job=~\\\"a\\\" compares with"
                + " the whole value, as expressions are anchored: write job=\\\"a\\\", or put .*"
                + " around it to find it inside of values\","
                + "\"position\":{\"start\":7,\"end\":15},\"at\":\"1:8\"}]}}");
    assertThat(response.statusCode()).isEqualTo(200);
  }

  @Test
  void analyzesWithTheStatisticsOfTheQuery() throws Exception {
    String body = get("query", "up", "time", "60", "analyze", "true").body();
    assertThat(body)
        .startsWith("{\"status\":\"success\",\"data\":{\"analyzed\":true,\"plan\":")
        .contains(
            "\"actual\":{\"seriesIn\":0,\"seriesOut\":2,\"seriesWithSamples\":2,\"samplesOut\":2,"
                + "\"samplesDecoded\":10,\"chunksDecoded\":0,\"totalQueryableSamples\":2,"
                + "\"samplesRead\":2,\"wallSeconds\":")
        .contains("\"heldBytes\":0,\"cacheHits\":0}")
        .contains("\"stats\":{\"timings\":{")
        .contains("\"totalQueryableSamplesPerStep\":[[60,2]],\"totalQueryableSamples\":2");
  }

  @Test
  void aFailureOfTheQueryIsPartOfItsAnalysis() throws Exception {
    HttpResponse<String> response = get("query", "up * on () up", "time", "60", "analyze", "true");
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body())
        .contains("\"error\":\"found duplicate series for the match group")
        .contains("\"kind\":\"many-to-many\"");
  }

  @Test
  void refusesWhatTheQueryEndpointsRefuse() throws Exception {
    assertThat(get("query", "up(").statusCode()).isEqualTo(400);
    assertThat(get("query", "up", "time", "x").body())
        .contains("invalid parameter \\\"time\\\": invalid time value for 'time'");
    assertThat(get("query", "up", "start", "1").body())
        .contains("invalid parameter \\\"end\\\": cannot parse");
    assertThat(get("query", "up[5m]", "start", "1", "end", "2", "step", "1").body())
        .contains("for range query, must be Scalar or instant Vector");
    assertThat(get("query", "up", "limit", "-1").body()).contains("limit must be non-negative");
    assertThat(get("query", "up", "lookback_delta", "x").statusCode()).isEqualTo(400);
    assertThat(get("query", "up", "analyze", "maybe").body())
        .contains("invalid parameter \\\"analyze\\\": must be true or false");
  }
}
