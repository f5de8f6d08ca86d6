package io.narthex.tool;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Answers are as {@code docs/explain.md} describes them. */
final class QueryExplainTest {
  private static final String SELECTOR =
      "{'operator':'range selector','text':'x[5m]','details':{},'steps':1,"
          + "'estimated':{'series':1200,'exact':true,'samples':24000},%s'inputs':[]}";
  private static final String ANALYZED =
      "'actual':{'seriesIn':0,'seriesOut':1200,'seriesWithSamples':1200,'samplesOut':1200,"
          + "'samplesDecoded':24000,'chunksDecoded':2400,'totalQueryableSamples':24000,"
          + "'samplesRead':24000,'wallSeconds':0.0125,'cpuSeconds':0.01,'heldBytes':0,"
          + "'cacheHits':1},";

  private StubServer server;

  @BeforeEach
  void start() throws IOException {
    server = new StubServer();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private Tool explain(String... more) {
    List<String> args = new ArrayList<>(List.of("query", "explain"));
    args.addAll(List.of(more));
    args.add(server.url() + "/prefix/");
    args.add("sum(rate(x[5m]))");
    return Tool.run(args.toArray(String[]::new));
  }

  private static String plan(String actual) {
    return "'plan':{'operator':'aggregation','text':'sum(rate(x[5m]))','estimated':{'series':1,"
        + "'exact':false},"
        + actual
        + "'inputs':["
        + SELECTOR.formatted(actual)
        + ",{'operator':'number','text':'1','estimated':{},"
        + actual
        + "'inputs':[]}]}";
  }

  @Test
  void showsTheTreeAndTheHints() {
    server.data(
        "{'analyzed':false,"
            + plan("")
            + ",'hints':[{'kind':'no-series','text':'nothing','at':'1:10'}]}");

    assertThat(explain("--start=10", "--end=20", "--step=5"))
        .isEqualTo(
            new Tool(
                0,
                """
                aggregation  sum(rate(x[5m]))   at most 1 series
                ├─ range selector  x[5m]        1,200 series, about 24,000 samples
                └─ number  1
                hint at 1:10: nothing
                """,
                ""));
    assertThat(server.asked())
        .containsExactly(
            "GET /prefix/api/v1/query_explain?query=sum%28rate%28x%5B5m%5D%29%29"
                + "&start=10&end=20&step=5");
  }

  @Test
  void showsWhatWasDoneAndFailsWithAQueryThatFailed() {
    server.data(
        "{'analyzed':true,"
            + plan(ANALYZED)
            + ",'hints':[],'stats':{'timings':{'execTotalTime':1.5},'samples':"
            + "{'totalQueryableSamples':24000,'peakSamples':7}},'error':'too much'}");

    Tool tool = explain("--analyze", "--time=5");

    assertThat(tool.out())
        .contains(
            "├─ range selector  x[5m]        1,200 series, 1,200 samples, of 24,000 decoded from"
                + " 2,400 chunks, 12.50 ms (CPU 10.00 ms), 1 shared look-ups\n")
        .endsWith("total: 24,000 samples, at most 7 at once, 1.50 s\n");
    assertThat(tool.err()).isEqualTo("query failed: too much\n");
    assertThat(tool.code()).isEqualTo(1);
    assertThat(server.asked().getFirst()).endsWith("&time=5&analyze=true");
  }

  @Test
  void saysWhatTheServerDidNotLike() {
    server.answer(400, "{'status':'error','errorType':'bad_data','error':'1:5: parse error'}");

    assertThat(explain()).isEqualTo(new Tool(1, "", "bad_data: 1:5: parse error\n"));
  }

  @Test
  void saysThatPrometheusExplainsNothing() {
    server.answer(404, "");

    assertThat(explain().err()).isEqualTo("this server explains no queries, only Narthex does\n");
  }

  @Test
  void saysWhereThereIsNoServer() {
    String url = server.url();
    server.close();

    assertThat(Tool.run("query", "explain", url, "x").err())
        .startsWith("Get \"" + url + "/api/v1/query_explain")
        .endsWith("connection refused\n");
    assertThat(Tool.run("query", "explain", "localhost:9090", "x").err())
        .isEqualTo(
            "server \"localhost:9090\" is no URL: write http://host:port or https://host:port\n");
  }
}
