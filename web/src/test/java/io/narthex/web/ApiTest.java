package io.narthex.web;

import static io.narthex.web.TestServer.encode;
import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.config.ConfigException;
import io.narthex.model.labels.Labels;
import io.narthex.model.value.Exemplar;
import io.narthex.storage.SeriesExemplars;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Whole answers of every endpoint, as Prometheus 3.14 gave them for the same data and parameters.
 */
@Timeout(30)
final class ApiTest {
  private static TestServer server;

  @BeforeAll
  static void start() throws ConfigException {
    server =
        new TestServer(options -> options.enableAdminApi(true).enableRemoteWriteReceiver(true));
    server.database.add(Labels.of("__name__", "up", "instance", "a", "job", "node"), 1_000, 1);
    server.database.add(Labels.of("__name__", "up", "instance", "a", "job", "node"), 61_000, 0);
    server.database.add(Labels.of("__name__", "up", "instance", "b", "job", "node"), 1_500, 1);
    server.database.add(Labels.of("__name__", "lag", "job", "<x>"), 1_000, 0.1);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @AfterEach
  void heal() {
    server.database.failure = "";
    server.database.notReady = false;
    server.database.calls.clear();
    server.database.exemplars.clear();
  }

  private static void assertSuccess(HttpResponse<String> response, String data) {
    assertThat(response.body()).isEqualTo("{\"status\":\"success\",\"data\":" + data + "}");
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("Content-Type")).contains("application/json");
  }

  private static void assertError(
      HttpResponse<String> response, int status, String type, String message) {
    String escaped = message.replace("\\", "\\\\").replace("\"", "\\\"");
    assertThat(response.body())
        .isEqualTo(
            "{\"status\":\"error\",\"errorType\":\"" + type + "\",\"error\":\"" + escaped + "\"}");
    assertThat(response.statusCode()).isEqualTo(status);
    assertThat(response.headers().firstValue("Content-Type")).contains("application/json");
  }

  private static HttpResponse<String> get(String path, String... parameters) throws Exception {
    return server.get("/api/v1" + path + (parameters.length == 0 ? "" : "?" + encode(parameters)));
  }

  @Test
  void answersInstantQueries() throws Exception {
    String vector =
        "{\"resultType\":\"vector\",\"result\":["
            + "{\"metric\":{\"__name__\":\"up\",\"instance\":\"a\",\"job\":\"node\"},\"value\":[2.500,\"1\"]},"
            + "{\"metric\":{\"__name__\":\"up\",\"instance\":\"b\",\"job\":\"node\"},\"value\":[2.500,\"1\"]}]}";
    assertSuccess(get("/query", "query", "up", "time", "2.5"), vector);
    assertSuccess(
        server.post("/api/v1/query", encode("query", "up", "time", "1970-01-01T00:00:02.5Z")),
        vector);
    assertSuccess(
        get("/query", "query", "1 / 0", "time", "7"),
        "{\"resultType\":\"scalar\",\"result\":[7,\"+Inf\"]}");
    assertSuccess(
        get("/query", "query", "\"<\"", "time", "7"),
        "{\"resultType\":\"string\",\"result\":[7,\"\\u003c\"]}");
    assertSuccess(get("/query", "query", "nothing"), "{\"resultType\":\"vector\",\"result\":[]}");
    assertSuccess(
        get("/query", "query", "up{instance=\"a\"}[2m]", "time", "70"),
        "{\"resultType\":\"matrix\",\"result\":[{\"metric\":{\"__name__\":\"up\",\"instance\":\"a\",\"job\":\"node\"},"
            + "\"values\":[[1,\"1\"],[61,\"0\"]]}]}");
  }

  @Test
  void answersRangeQueries() throws Exception {
    assertSuccess(
        get("/query_range", "query", "sum(up)", "start", "1", "end", "121", "step", "1m"),
        "{\"resultType\":\"matrix\",\"result\":[{\"metric\":{},"
            + "\"values\":[[1,\"1\"],[61,\"1\"],[121,\"1\"]]}]}");
  }

  @Test
  void cutsResultsAndSaysSo() throws Exception {
    assertThat(get("/query", "query", "up", "time", "2", "limit", "1").body())
        .isEqualTo(
            "{\"status\":\"success\",\"data\":{\"resultType\":\"vector\",\"result\":["
                + "{\"metric\":{\"__name__\":\"up\",\"instance\":\"a\",\"job\":\"node\"},\"value\":[2,\"1\"]}]},\"warnings\":[\"results"
                + " truncated due to limit\"]}");
    assertThat(get("/query", "query", "up", "time", "2", "limit", "2").body())
        .doesNotContain("warnings");
    assertThat(get("/label/__name__/values", "limit", "1").body())
        .isEqualTo(
            "{\"status\":\"success\",\"data\":[\"lag\"],\"warnings\":[\"results truncated due to"
                + " limit\"]}");
    assertThat(get("/labels", "limit", "2").body())
        .isEqualTo(
            "{\"status\":\"success\",\"data\":[\"__name__\",\"instance\"],"
                + "\"warnings\":[\"results truncated due to limit\"]}");
    assertThat(get("/series", "match[]", "up", "limit", "1").body())
        .isEqualTo(
            "{\"status\":\"success\",\"data\":[{\"__name__\":\"up\",\"instance\":\"a\",\"job\":\"node\"}],\"warnings\":[\"results"
                + " truncated due to limit\"]}");
  }

  @Test
  void refusesExpressionsTooDeepToWalk() throws Exception {
    HttpResponse<String> response = get("/query", "query", "1" + "+1".repeat(200_000));
    assertError(
        response,
        422,
        "execution",
        "the expression has too many operators or groups within each other; split it up");
  }

  @Test
  void addsStatisticsWhenAsked() throws Exception {
    assertThat(get("/query", "query", "up", "time", "2", "stats", "true").body())
        .matches(
            ".*\"stats\":\\{\"timings\":\\{\"evalTotalTime\":[0-9.e-]+,\"resultSortTime\":[0-9.e-]+,"
                + "\"queryPreparationTime\":[0-9.e-]+,\"innerEvalTime\":[0-9.e-]+,\"execQueueTime\":[0-9.e-]+,"
                + "\"execTotalTime\":[0-9.e-]+},\"samples\":\\{\"totalQueryableSamples\":2,\"samplesRead\":2,"
                + "\"peakSamples\":2}}}}");
    assertThat(get("/query", "query", "up", "time", "2", "stats", "1").body())
        .contains(
            "\"warnings\":[\"value \\\"1\\\" for parameter \\\"stats\\\" is deprecated and will be"
                + " rejected in the next major release, use \\\"true\\\" or \\\"all\\\"\"]");
    assertThat(
            get(
                    "/query_range",
                    "query",
                    "up",
                    "start",
                    "0",
                    "end",
                    "60",
                    "step",
                    "60",
                    "stats",
                    "all")
                .body())
        .contains("\"totalQueryableSamplesPerStep\":[[0,0],[60,2]]");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "/query?query=up&limit=abc | invalid parameter \"limit\": strconv.Atoi: parsing \"abc\":"
            + " invalid syntax",
        "/query?query=up&limit=-1 | invalid parameter \"limit\": limit must be non-negative",
        "/query?query=up&limit=99999999999999999999 | invalid parameter \"limit\": strconv.Atoi:"
            + " parsing \"99999999999999999999\": value out of range",
        "/query?query=up&time=abc | invalid parameter \"time\": invalid time value for 'time':"
            + " cannot parse \"abc\" to a valid timestamp",
        "/query?query=up&timeout=-1s | invalid parameter \"timeout\": cannot parse \"-1s\" to a"
            + " valid duration",
        "/query?query=up&lookback_delta=abc | error parsing lookback delta duration: cannot parse"
            + " \"abc\" to a valid duration",
        "/query | invalid parameter \"query\": unknown position: parse error: no expression found"
            + " in input",
        "/query?query=up%5B | invalid parameter \"query\": 1:4: parse error: unexpected end of"
            + " input in duration expression",
        "/query_range?query=up | invalid parameter \"start\": cannot parse \"\" to a valid"
            + " timestamp",
        "/query_range?query=up&start=0 | invalid parameter \"end\": cannot parse \"\" to a valid"
            + " timestamp",
        "/query_range?query=up&start=0&end=10 | invalid parameter \"step\": cannot parse \"\" to a"
            + " valid duration",
        "/query_range?query=up&start=0&end=1&step=1e30 | invalid parameter \"step\": cannot parse"
            + " \"1e30\" to a valid duration. It overflows int64",
        "/query_range?query=up&start=0&end=10&step=0 | invalid parameter \"step\": zero or negative"
            + " query resolution step widths are not accepted. Try a positive integer",
        "/query_range?query=up&start=10&end=0&step=1 | invalid parameter \"end\": end timestamp"
            + " must not be before start time",
        "/query_range?query=up&start=0&end=11001&step=1 | exceeded maximum resolution of 11,000"
            + " points per timeseries. Try decreasing the query resolution (?step=XX)",
        "/query_range?query=up%5B5m%5D&start=0&end=10&step=1 | invalid parameter \"query\": invalid"
            + " expression type \"range vector\" for range query, must be Scalar or instant Vector",
        "/query_exemplars?query=up&start=2&end=1 | end timestamp must not be before start"
            + " timestamp",
        "/query_exemplars?query=( | 1:2: parse error: unclosed left parenthesis",
        "/format_query?query=( | invalid parameter \"query\": 1:2: parse error: unclosed left"
            + " parenthesis",
        "/parse_query?query=( | invalid parameter \"query\": 1:2: parse error: unclosed left"
            + " parenthesis",
        "/series | no match[] parameter provided",
        "/series?match[]=%zz | error parsing form values: invalid URL escape \"%zz\"",
        "/series?match[]=up&start=x | invalid parameter \"start\": invalid time value for 'start':"
            + " cannot parse \"x\" to a valid timestamp",
        "/series?match[]={a=~\".*\"} | invalid parameter \"match[]\": match[] must contain at least"
            + " one non-empty matcher",
        "/series?match[]=up[ | invalid parameter \"match[]\": 1:3: parse error: unexpected \"[\"",
        "/labels?match[]={a=~\".*\"} | match[] must contain at least one non-empty matcher",
        "/labels?limit=x | invalid parameter \"limit\": strconv.Atoi: parsing \"x\": invalid"
            + " syntax",
        "/labels?end=x | invalid parameter \"end\": invalid time value for 'end': cannot parse"
            + " \"x\" to a valid timestamp",
        "/label/a/values?match[]=%7B%7D | match[] must contain at least one non-empty matcher",
        "/targets/metadata?limit=x | limit must be a number",
        "/targets/metadata?match_target=( | invalid parameter \"match_target\": 1:1: parse error:"
            + " unexpected \"(\"",
        "/metadata?limit=x | limit must be a number",
        "/metadata?limit_per_metric=x | limit_per_metric must be a number",
        "/scrape_pools/config | no scrapePool parameter provided",
        "/scrape_pools/config?scrapePool=x | error retrieving scrape config: scrape pool \"x\" not"
            + " found",
        "/status/tsdb?limit=0 | limit must be a positive number",
        "/status/tsdb?limit=x | limit must be a positive number",
        "/status/tsdb?limit=10001 | limit must not exceed 10000",
        "/rules?type=x | invalid parameter \"type\": not supported value \"x\"",
        "/rules?exclude_alerts=x | invalid parameter \"exclude_alerts\": error converting"
            + " exclude_alerts: strconv.ParseBool: parsing \"x\": invalid syntax",
        "/rules?group_next_token=x | invalid parameter \"group_next_token\": group_limit needs to"
            + " be present in order to paginate over the groups",
        "/rules?group_limit=0 | invalid parameter \"group_limit\": group_limit needs to be greater"
            + " than 0",
        "/rules?group_limit=x | invalid parameter \"group_limit\": group_limit needs to be a valid"
            + " number: strconv.ParseInt: parsing \"x\": invalid syntax",
        "/rules?group_limit=1&group_next_token=x | invalid parameter \"group_next_token\": invalid"
            + " group_next_token 'x'. were rule groups changed?",
      })
  void refusesBadParametersInPrometheusWords(String path, String message) throws Exception {
    String encoded =
        path.replace("[", "%5B").replace("]", "%5D").replace("{", "%7B").replace("}", "%7D");
    encoded = encoded.replace("\"", "%22");
    if (encoded.contains("%zz")) {
      assertThat(rawStatusLine(encoded)).contains("400").contains(message.replace("\"", "\\\""));
    } else {
      assertError(server.get("/api/v1" + encoded), 400, "bad_data", message);
    }
  }

  /** Java's client refuses to send a broken escape. */
  private static String rawStatusLine(String path) throws Exception {
    var address = server.server().addresses().getFirst();
    try (var socket = new java.net.Socket(address.getAddress(), address.getPort())) {
      String request = "GET /api/v1" + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(java.nio.charset.StandardCharsets.US_ASCII));
      return new String(
          socket.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
    }
  }

  @Test
  void mapsFailuresToTypesAndStatuses() throws Exception {
    assertError(
        get("/query", "query", "up", "timeout", "0"),
        422,
        "execution",
        "context deadline exceeded");
    HttpResponse<String> duplicate = get("/query", "query", "up + on() up", "time", "2");
    assertThat(duplicate.statusCode()).isEqualTo(422);
    assertThat(duplicate.body())
        .startsWith(
            "{\"status\":\"error\",\"errorType\":\"execution\",\"error\":\"found duplicate series"
                + " for the match group {} on the right hand-side of the operation:"
                + " [{__name__=\\\"up\\\", ");
    server.database.failure = "disk on fire";
    assertThat(get("/query", "query", "up").statusCode()).isEqualTo(500);
    assertThat(get("/query", "query", "up").body())
        .contains("\"errorType\":\"internal\"")
        .contains("disk on fire");
    assertError(get("/labels"), 422, "execution", "disk on fire");
    assertError(get("/status/tsdb"), 500, "internal", "disk on fire");
    server.database.failure = "";
    server.database.notReady = true;
    assertError(get("/labels"), 500, "unavailable", "TSDB not ready");
    assertThat(get("/query", "query", "up").body()).contains("\"errorType\":\"unavailable\"");
    assertError(get("/status/tsdb"), 500, "unavailable", "TSDB not ready");
  }

  @Test
  void listsSeriesAndLabels() throws Exception {
    assertSuccess(
        get("/series", "match[]", "up", "match[]", "{job=~\"node|<x>\"}", "start", "0", "end", "2"),
        "[{\"__name__\":\"lag\",\"job\":\"<x>\"},{\"__name__\":\"up\",\"instance\":\"a\",\"job\":\"node\"},"
            + "{\"__name__\":\"up\",\"instance\":\"b\",\"job\":\"node\"}]");
    assertSuccess(
        get("/series", "match[]", "up", "start", "50"),
        "[{\"__name__\":\"up\",\"instance\":\"a\",\"job\":\"node\"}]");
    assertSuccess(get("/labels"), "[\"__name__\",\"instance\",\"job\"]");
    assertSuccess(get("/labels", "match[]", "lag"), "[\"__name__\",\"job\"]");
    assertSuccess(
        get("/labels", "match[]", "lag", "match[]", "up"), "[\"__name__\",\"instance\",\"job\"]");
    assertSuccess(
        server.post("/api/v1/labels", encode("match[]", "lag")), "[\"__name__\",\"job\"]");
    assertSuccess(get("/label/job/values"), "[\"\\u003cx\\u003e\",\"node\"]");
    assertSuccess(get("/label/U___6a_ob/values", "match[]", "up"), "[\"node\"]");
    assertSuccess(get("/label/nothing/values"), "[]");
  }

  @Test
  void formatsAndParsesQueries() throws Exception {
    assertSuccess(get("/format_query", "query", "sum(up)by(job)"), "\"sum by (job) (up)\"");
    assertSuccess(
        get("/parse_query", "query", "-sum by (job) (rate(x{a=~\"b\"}[5m] offset 1m @ 10))"),
        "{\"expr\":{\"expr\":{\"args\":[{\"anchored\":false,\"matchers\":[{\"name\":\"a\",\"type\":\"=~\","
            + "\"value\":\"b\"},{\"name\":\"__name__\",\"type\":\"=\",\"value\":\"x\"}],\"name\":\"x\","
            + "\"offset\":60000,\"offsetExpr\":null,\"range\":300000,\"rangeExpr\":null,\"smoothed\":false,"
            + "\"startOrEnd\":null,\"timestamp\":10000,\"type\":\"matrixSelector\"}],\"func\":{\"argTypes\":"
            + "[\"matrix\"],\"name\":\"rate\",\"returnType\":\"vector\",\"variadic\":0},\"type\":\"call\"},"
            + "\"grouping\":[\"job\"],\"op\":\"sum\",\"param\":null,\"type\":\"aggregation\",\"without\":false},"
            + "\"op\":\"-\",\"type\":\"unaryExpr\"}");
    assertSuccess(
        get("/parse_query", "query", "(1 > bool 2)"),
        "{\"expr\":{\"bool\":true,\"lhs\":{\"type\":\"numberLiteral\",\"val\":\"1\"},\"matching\":null,"
            + "\"op\":\"\\u003e\",\"rhs\":{\"type\":\"numberLiteral\",\"val\":\"2\"},\"type\":\"binaryExpr\"},"
            + "\"type\":\"parenExpr\"}");
    assertSuccess(
        get(
            "/parse_query",
            "query",
            "a+on(b)group_left(c)(d[5m:1m])".replace("(d[5m:1m])", "x @ start()")),
        "{\"bool\":false,\"lhs\":{\"anchored\":false,\"matchers\":[{\"name\":\"__name__\",\"type\":\"=\","
            + "\"value\":\"a\"}],\"name\":\"a\",\"offset\":0,\"offsetExpr\":null,\"smoothed\":false,"
            + "\"startOrEnd\":null,\"timestamp\":null,\"type\":\"vectorSelector\"},\"matching\":{\"card\":"
            + "\"many-to-one\",\"fillValues\":{\"lhs\":null,\"rhs\":null},\"include\":[\"c\"],\"labels\":[\"b\"],"
            + "\"on\":true},\"op\":\"+\",\"rhs\":{\"anchored\":false,\"matchers\":[{\"name\":\"__name__\","
            + "\"type\":\"=\",\"value\":\"x\"}],\"name\":\"x\",\"offset\":0,\"offsetExpr\":null,\"smoothed\":false,"
            + "\"startOrEnd\":\"start\",\"timestamp\":null,\"type\":\"vectorSelector\"},\"type\":\"binaryExpr\"}");
    assertSuccess(
        get("/parse_query", "query", "x[5m:]"),
        "{\"expr\":{\"anchored\":false,\"matchers\":[{\"name\":\"__name__\",\"type\":\"=\",\"value\":\"x\"}],"
            + "\"name\":\"x\",\"offset\":0,\"offsetExpr\":null,\"smoothed\":false,\"startOrEnd\":null,"
            + "\"timestamp\":null,\"type\":\"vectorSelector\"},\"offset\":0,\"offsetExpr\":null,\"range\":300000,"
            + "\"rangeExpr\":null,\"startOrEnd\":null,\"step\":0,\"stepExpr\":null,\"timestamp\":null,"
            + "\"type\":\"subquery\"}");
  }

  @Test
  void showsExemplars() throws Exception {
    assertSuccess(get("/query_exemplars", "query", "up"), "[]");
    assertThat(get("/query_exemplars", "query", "1").statusCode()).isEqualTo(204);
    server.database.exemplars.add(
        new SeriesExemplars(
            Labels.of("__name__", "up", "a", "<x>"),
            List.of(
                new Exemplar(Labels.of("trace_id", "a&b"), 6, 1_600_096_945_479L, true),
                new Exemplar(Labels.EMPTY, Double.NaN, 1_600_096_955_000L, false))));
    String both =
        "[{\"seriesLabels\":{\"__name__\":\"up\",\"a\":\"<x>\"},\"exemplars\":["
            + "{\"labels\":{\"trace_id\":\"a&b\"},\"value\":\"6\",\"timestamp\":1600096945.479},"
            + "{\"labels\":{},\"value\":\"NaN\",\"timestamp\":1600096955}]}]";
    server.database.calls.clear();
    assertSuccess(
        get("/query_exemplars", "query", "rate(up[5m]) + a{b=\"c\"}", "start", "1.5", "end", "20"),
        both);
    assertThat(server.database.calls)
        .containsExactly("exemplars 1500 20000 [[__name__=\"up\"], [b=\"c\", __name__=\"a\"]]");
    assertThat(server.post("/api/v1/query_exemplars", "query=up").body())
        .isEqualTo("{\"status\":\"success\",\"data\":" + both + "}");
  }

  @Test
  void describesTargets() throws Exception {
    assertSuccess(get("/scrape_pools"), "{\"scrapePools\":[\"node\"]}");
    assertThat(get("/scrape_pools/config", "scrapePool", "node").body())
        .startsWith(
            "{\"status\":\"success\",\"data\":{\"yaml\":\"job_name: node\\n"
                + "honor_timestamps: true\\n")
        .endsWith("static_configs:\\n- targets:\\n  - localhost:1234\\n\"}}");
    String active =
        "{\"discoveredLabels\":{\"__address__\":\"localhost:1234\",\"__always_scrape_classic_histograms__\":\"false\","
            + "\"__convert_classic_histograms_to_nhcb__\":\"false\",\"__metrics_path__\":\"/metrics\","
            + "\"__scheme__\":\"http\",\"__scrape_interval__\":\"30s\",\"__scrape_native_histograms__\":\"false\","
            + "\"__scrape_timeout__\":\"10s\",\"env\":\"<test>\",\"job\":\"node\"},\"labels\":{\"env\":\"<test>\","
            + "\"instance\":\"localhost:1234\",\"job\":\"node\"},\"scrapePool\":\"node\","
            + "\"scrapeUrl\":\"http://localhost:1234/metrics\",\"globalUrl\":\"http://prom.example.org:1234/metrics\",\"lastError\":\"Get"
            + " \\\"http://localhost:1234/metrics\\\": connection refused\","
            + "\"lastScrape\":\"2026-01-02T03:04:05.678Z\",\"lastScrapeDuration\":1.5,\"health\":\"down\","
            + "\"scrapeInterval\":\"30s\",\"scrapeTimeout\":\"10s\"}";
    HttpResponse<String> all = get("/targets");
    assertThat(
            all.body()
                .replaceAll(
                    "\"lastScrape\":\"2026-01-0[^\"]*\"",
                    "\"lastScrape\":\"2026-01-02T03:04:05.678Z\""))
        .startsWith(
            "{\"status\":\"success\",\"data\":{\"activeTargets\":["
                + active
                + "],\"droppedTargets\":[")
        .endsWith("\"scrapePool\":\"node\"}],\"droppedTargetCounts\":{\"node\":7}}}");
    assertThat(get("/targets", "state", "active").body())
        .endsWith("],\"droppedTargets\":[],\"droppedTargetCounts\":null}}");
    assertThat(get("/targets", "state", "Dropped").body())
        .contains("\"activeTargets\":[],\"droppedTargets\":[{");
    assertSuccess(
        get("/targets", "scrapePool", "x"),
        "{\"activeTargets\":[],\"droppedTargets\":[],\"droppedTargetCounts\":{\"node\":7}}");
  }

  @Test
  void describesMetrics() throws Exception {
    String target =
        "{\"target\":{\"env\":\"<test>\",\"instance\":\"localhost:1234\",\"job\":\"node\"},";
    String up = "\"type\":\"counter\",\"help\":\"Ups.\",\"unit\":\"\"}";
    assertSuccess(
        get("/targets/metadata"),
        "["
            + target
            + "\"metric\":\"up_total\","
            + up
            + ","
            + target
            + "\"metric\":\"lag_seconds\",\"type\":\"gauge\",\"help\":\"Lag \\u0026"
            + " more.\",\"unit\":\"seconds\"}]");
    assertSuccess(get("/targets/metadata", "metric", "up_total"), "[" + target + up + "]");
    assertSuccess(get("/targets/metadata", "match_target", "{job=\"other\"}"), "[]");
    assertSuccess(get("/targets/metadata", "limit", "0"), "[]");
    assertSuccess(
        get("/metadata", "limit", "1"),
        "{\"lag_seconds\":[{\"type\":\"gauge\",\"unit\":\"seconds\",\"help\":\"Lag \\u0026"
            + " more.\"}]}");
    assertSuccess(
        get("/metadata", "metric", "up_total"),
        "{\"up_total\":[{\"type\":\"counter\",\"unit\":\"\",\"help\":\"Ups.\"}]}");
    assertSuccess(get("/metadata", "metric", "none"), "{}");
  }

  @Test
  void showsItsStatus() throws Exception {
    assertThat(get("/status/config").body())
        .startsWith(
            "{\"status\":\"success\",\"data\":{\"yaml\":\"global:\\n  scrape_interval: 1m\\n");
    assertSuccess(
        get("/status/flags"),
        "{\"config.file\":\"prometheus.yml\",\"web.page-title\":\"\\u003cTitle\\u003e\"}");
    String build =
        "{\"version\":\"3.14.0\",\"revision\":\"abc\",\"branch\":\"main\",\"buildUser\":\"me\","
            + "\"buildDate\":\"20260102\",\"goVersion\":\"java25\"}";
    assertSuccess(get("/status/buildinfo"), build);
    assertThat(server.get("/version").body()).isEqualTo(build + "\n");
    assertThat(get("/status/runtimeinfo").body())
        .matches(
            "\\{\"status\":\"success\",\"data\":\\{\"startTime\":\"2026-01-02T03:04:05.12Z\",\"CWD\":\"/work\","
                + "\"hostname\":\"host\",\"serverTime\":\"20[^\"]*Z\",\"reloadConfigSuccess\":true,"
                + "\"lastConfigTime\":\"2026-01-02T03:04:06Z\",\"corruptionCount\":2,\"goroutineCount\":\\d+,"
                + "\"GOMAXPROCS\":\\d+,\"GOMEMLIMIT\":\\d+,\"GOGC\":\"\",\"GODEBUG\":\"\",\"storageRetention\":\"15d\"}}");
    assertSuccess(
        get("/status/tsdb", "limit", "2"),
        "{\"headStats\":{\"numSeries\":3,\"numLabelPairs\":9,\"chunkCount\":4,\"minTime\":1000,\"maxTime\":2000},"
            + "\"seriesCountByMetricName\":[{\"name\":\"up\",\"value\":2},{\"name\":\"\\u003cb\\u003e\",\"value\":1}],"
            + "\"labelValueCountByLabelName\":[],\"memoryInBytesByLabelName\":[],\"seriesCountByLabelValuePair\":[]}");
    assertSuccess(
        get("/status/tsdb/blocks"),
        "{\"blocks\":[{\"ulid\":\"01X\",\"minTime\":5,\"text\":\"a \\\" b\"}]}");
    assertSuccess(get("/status/walreplay"), "{\"min\":1,\"max\":5,\"current\":3}");
    assertThat(get("/features").body())
        .contains("\"tsdb\":{\"isolation\":true}")
        .contains("\">=\":true")
        .contains("\"remote_write_receiver\":true")
        .contains("\"limitk\":false")
        .contains("\"rate\":true");
  }

  @Test
  void hasNoRulesNorAlerts() throws Exception {
    assertSuccess(get("/rules"), "{\"groups\":[]}");
    assertSuccess(get("/alerts"), "{\"alerts\":[]}");
    assertSuccess(
        get("/alertmanagers"), "{\"activeAlertmanagers\":[],\"droppedAlertmanagers\":[]}");
  }

  @Test
  void administersTheDatabase() throws Exception {
    assertSuccess(
        server.send("POST", "/api/v1/admin/tsdb/snapshot?skip_head=true"),
        "{\"name\":\"20260102T030405Z-0123456789abcdef\"}");
    HttpResponse<String> deleted =
        server.send(
            "PUT",
            "/api/v1/admin/tsdb/delete_series?"
                + encode("match[]", "up", "start", "1", "end", "2.5"));
    assertThat(deleted.statusCode()).isEqualTo(204);
    assertThat(deleted.body()).isEmpty();
    assertThat(server.send("POST", "/api/v1/admin/tsdb/clean_tombstones").statusCode())
        .isEqualTo(204);
    assertThat(server.database.calls)
        .containsExactly("snapshot skipHead=true", "delete 1000 2500 [__name__=\"up\"]", "clean");
    assertError(
        server.send("POST", "/api/v1/admin/tsdb/delete_series"),
        400,
        "bad_data",
        "no match[] parameter provided");
    assertError(
        server.send("POST", "/api/v1/admin/tsdb/snapshot?skip_head=x"),
        400,
        "bad_data",
        "invalid parameter \"skip_head\": unable to parse boolean: strconv.ParseBool: parsing"
            + " \"x\": invalid syntax");
    assertThat(server.send("GET", "/api/v1/admin/tsdb/snapshot").statusCode()).isEqualTo(405);
    server.database.failure = "disk full";
    assertError(
        server.send("POST", "/api/v1/admin/tsdb/snapshot"),
        500,
        "internal",
        "create snapshot: disk full");
  }

  @Test
  void refusesWhatIsSwitchedOff() throws Exception {
    assertError(get("/search/metric_names"), 500, "unavailable", "search API disabled");
    assertThat(server.send("POST", "/api/v1/otlp/v1/metrics").body())
        .isEqualTo("otlp write receiver needs to be enabled with --web.enable-otlp-receiver\n");
    assertThat(server.send("POST", "/api/v1/write").statusCode()).isEqualTo(204);
    try (TestServer plain = new TestServer()) {
      assertError(
          plain.send("POST", "/api/v1/admin/tsdb/snapshot"),
          500,
          "unavailable",
          "admin APIs disabled");
      HttpResponse<String> write = plain.send("POST", "/api/v1/write");
      assertThat(write.statusCode()).isEqualTo(404);
      assertThat(write.body())
          .isEqualTo(
              "remote write receiver needs to be enabled with"
                  + " --web.enable-remote-write-receiver\n");
    }
  }

  @Test
  void tellsBrowsersWhoMayRead() throws Exception {
    HttpResponse<String> preflight =
        server.send("OPTIONS", "/api/v1/anything/at/all", "Origin", "http://x");
    assertThat(preflight.statusCode()).isEqualTo(204);
    assertThat(preflight.headers().firstValue("Access-Control-Allow-Origin")).contains("http://x");
    assertThat(preflight.headers().firstValue("Access-Control-Allow-Methods"))
        .contains("GET, POST, OPTIONS");
    assertThat(preflight.headers().allValues("Vary")).contains("Origin");
    try (TestServer strict =
        new TestServer(options -> options.corsOrigin("https?://(a|b)\\.org"))) {
      assertThat(strict.send("GET", "/api/v1/labels", "Origin", "https://b.org").headers().map())
          .containsKey("access-control-allow-origin");
      assertThat(
              strict.send("GET", "/api/v1/labels", "Origin", "https://b.org.evil").headers().map())
          .doesNotContainKey("access-control-allow-origin");
    }
  }

  @Test
  void ignoresPathsThatDoNotExist() throws Exception {
    assertThat(get("/nonsense").statusCode()).isEqualTo(404);
    assertThat(get("/nonsense").body()).isEqualTo("404 page not found\n");
    assertThat(server.send("DELETE", "/api/v1/query").statusCode()).isEqualTo(405);
  }

  @Test
  void writesManySeriesThroughOneBuffer() throws Exception {
    String or =
        IntStream.range(0, 300)
            .mapToObj(
                i ->
                    "label_replace(vector("
                        + i
                        + "), \"l\", \""
                        + "v".repeat(i)
                        + "\", \"\", \"\")")
            .collect(Collectors.joining(" or "));
    String body = server.post("/api/v1/query", encode("query", or, "time", "1")).body();
    assertThat(body.split("\"value\":\\[1,")).hasSize(301);
    assertThat(body).endsWith("]}}");
  }
}
