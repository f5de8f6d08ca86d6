package io.narthex.tool;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the query commands send and print; the outputs are those of promtool 3.14. */
final class QueryCommandsTest {
  private static final String VECTOR =
      "{'resultType':'vector','result':["
          + "{'metric':{'__name__':'up','job':'a<b','a1':'x','a':'y'},'value':[1.5,'1e+30']},"
          + "{'metric':{},'value':[1700000000.123,'NaN']},"
          + "{'metric':{'__name__':'up'},'value':[-0.25,'-Inf']}]}";

  private static final String HISTOGRAM =
      "{'count':'4','sum':'2.5','buckets':[[0,'0.5','1','3'],[3,'-0.001','0.001','1']]}";

  private static final String HISTOGRAMS =
      "{'resultType':'matrix','result':["
          + "{'metric':{'__name__':'z'},'values':[[1,'5']],'histograms':[[2,"
          + HISTOGRAM
          + "]]},"
          + "{'metric':{'__name__':'h','le':'x'},'histograms':[[1,{'count':'0','sum':'0'}]]},"
          + "{'metric':{'__name__':'h'},'histograms':[[1,"
          + HISTOGRAM
          + "]]}]}";

  private StubServer server;
  @TempDir private Path folder;

  @BeforeEach
  void start() throws IOException {
    server = new StubServer();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  /** Runs a command with the server behind its name and flags. */
  private Tool query(String command, String... rest) {
    List<String> args = new ArrayList<>(List.of("query", command, server.url()));
    args.addAll(List.of(rest));
    return Tool.run(args.toArray(String[]::new));
  }

  private static Tool printed(String out) {
    return new Tool(0, out, "");
  }

  @Test
  void printsAVectorAsLines() {
    server.data(VECTOR);
    assertThat(query("instant", "up", "--time=2023-11-14T22:13:20.5Z"))
        .isEqualTo(
            printed(
                """
                up{a1="x", a="y", job="a<b"} => 1000000000000000000000000000000 @[1.5]
                {} => NaN @[1700000000.123]
                up => -Inf @[-0.25]
                """));
    assertThat(server.asked()).containsExactly("POST /api/v1/query query=up&time=1700000000.5");
  }

  @Test
  void printsAVectorAsJson() {
    server.data(VECTOR);
    assertThat(query("instant", "-o", "json", "up", "--time=1"))
        .isEqualTo(
            printed(
                """
                [{"metric":{"__name__":"up","a":"y","a1":"x","job":"a\\u003cb"},\
                "value":[1.5,"1000000000000000000000000000000"]},\
                {"metric":{},"value":[1700000000.123,"NaN"]},\
                {"metric":{"__name__":"up"},"value":[-0.25,"-Inf"]}]
                """));
  }

  @Test
  void printsHistogramsSeriesWithFewerLabelsFirst() {
    server.data(HISTOGRAMS);
    String buckets = "Buckets: [(0.5,1]:3 [-0.001,0.001]:1]";
    assertThat(query("range", "h", "--start=1", "--end=2"))
        .isEqualTo(
            printed(
                "h =>\nCount: 4.000000, Sum: 2.500000, "
                    + buckets
                    + " @[1]\nz =>\n5 @[1]\nCount: 4.000000, Sum: 2.500000, "
                    + buckets
                    + " @[2]\nh{le=\"x\"} =>\nCount: 0.000000, Sum: 0.000000, Buckets: []"
                    + " @[1]\n"));
    assertThat(server.asked())
        .containsExactly("POST /api/v1/query_range query=h&start=1&end=2&step=1");
  }

  @Test
  void printsHistogramsAsJsonInTheOrderOfTheServer() {
    server.data(HISTOGRAMS);
    String histogram =
        "{\"count\":\"4\",\"sum\":\"2.5\",\"buckets\":[[0,\"0.5\",\"1\",\"3\"],"
            + "[3,\"-0.001\",\"0.001\",\"1\"]]}";
    assertThat(query("range", "-o", "json", "h", "--start=0", "--end=1000").out())
        .isEqualTo(
            "[{\"metric\":{\"__name__\":\"z\"},\"values\":[[1,\"5\"]],\"histograms\":[[2,"
                + histogram
                + "]]},{\"metric\":{\"__name__\":\"h\",\"le\":\"x\"},\"histograms\":[[1,"
                + "{\"count\":\"0\",\"sum\":\"0\",\"buckets\":null}]]},"
                + "{\"metric\":{\"__name__\":\"h\"},\"histograms\":[[1,"
                + histogram
                + "]]}]\n");
    assertThat(server.asked().getFirst()).endsWith("&step=4");
  }

  @Test
  void printsScalarsAndStringsAndNothing() {
    server.data("{'resultType':'scalar','result':[1.5,'0.1']}");
    assertThat(query("instant", "0.1").out()).isEqualTo("scalar: 0.1 @[1.5]\n");
    assertThat(query("instant", "-o", "json", "0.1").out()).isEqualTo("[1.5,\"0.1\"]\n");
    server.data("{'resultType':'string','result':[1.5,'a<b']}");
    assertThat(query("instant", "x").out()).isEqualTo("a<b\n");
    assertThat(query("instant", "-o", "json", "x").out()).isEqualTo("[1.5,\"a\\u003cb\"]\n");
    server.data("{'resultType':'vector','result':[]}");
    assertThat(query("instant", "x").out()).isEqualTo("\n");
    assertThat(query("instant", "-o", "json", "x").out()).isEqualTo("[]\n");
  }

  @Test
  void listsSeries() {
    server.data("[{'__name__':'up','job':'a'},{'__name__':'up'}]");
    String[] rest = {"--match=up", "--match={a=\"b\"}", "--start=1", "--end=2.5"};
    assertThat(query("series", rest))
        .isEqualTo(printed("{__name__=\"up\", job=\"a\"}\n{__name__=\"up\"}\n"));
    assertThat(server.asked())
        .containsExactly("POST /api/v1/series match[]=up&match[]={a=\"b\"}&start=1&end=2.5");
    assertThat(Tool.run("query", "-o", "json", "series", server.url(), "--match=up").out())
        .isEqualTo("[{\"__name__\":\"up\",\"job\":\"a\"},{\"__name__\":\"up\"}]\n");
  }

  @Test
  void listsLabelValuesAndWarnings() {
    server.answer(200, "{'status':'success','data':['b','a<'],'warnings':['cut short']}");
    assertThat(query("labels", "my job/x", "--match=up", "--start=1", "--end=2"))
        .isEqualTo(new Tool(0, "b\na<\n", "query warning: cut short\n"));
    assertThat(server.asked())
        .containsExactly("GET /api/v1/label/my%20job%2Fx/values?match%5B%5D=up&start=1&end=2");
    assertThat(query("labels", "-o", "json", "job").out()).isEqualTo("[\"b\",\"a\\u003c\"]\n");
  }

  @Test
  void asksByGetWherePostIsNotAllowed() {
    server.refusePost();
    server.data("{'resultType':'scalar','result':[1,'1']}");
    assertThat(query("instant", "1", "--time=1").code()).isZero();
    assertThat(server.asked())
        .containsExactly("POST /api/v1/query query=1&time=1", "GET /api/v1/query?query=1&time=1");
  }

  @Test
  void sendsHeadersAndCredentials() throws IOException {
    server.data("{'resultType':'scalar','result':[1,'1']}");
    server.watch("X-Scope");
    query("instant", "1", "--time=1", "--header=X-Scope=me");
    server.watch("Authorization");
    Path file =
        Files.writeString(folder.resolve("http.yml"), "basic_auth: {username: u, password: p}");
    query("instant", "1", "--time=1", "--http.config.file=" + file);
    String withLogin = server.url().replace("//", "//u:p@");
    Tool.run("query", "instant", withLogin, "1", "--time=1");
    String asked = "POST /api/v1/query query=1&time=1 ";
    assertThat(server.asked())
        .containsExactly(asked + "me", asked + "Basic dTpw", asked + "Basic dTpw");
    assertThat(Tool.run("query", "instant", withLogin, "1", "--http.config.file=" + file))
        .isEqualTo(
            new Tool(
                1,
                "",
                "narthex: error: Cannot set base auth in the server URL and use a"
                    + " http.config.file at the same time\n"));
    Files.writeString(file, "basic_auth: {username: u, passwort: p}");
    assertThat(query("instant", "1", "--http.config.file=" + file).err())
        .startsWith("narthex: error: Failed to load HTTP config file: " + file + ":1:")
        .contains("passwort");
  }

  @Test
  void printsErrorsAsPromtoolDoes() {
    server.answer(400, "{'status':'error','errorType':'bad_data','error':'1:5: parse error'}");
    assertThat(query("instant", "sum("))
        .isEqualTo(new Tool(1, "", "query error: bad_data: 1:5: parse error\n"));
    server.answer(404, "404 page not found\n");
    assertThat(query("labels", "x").err())
        .isEqualTo("query error: client_error: client error: 404 (detail: 404 page not found)\n");
    server.answer(503, "");
    assertThat(query("series", "--match=x").err())
        .isEqualTo("query error: server_error: server error: 503\n");
    server.answer(200, "<html>");
    assertThat(query("range", "x").err()).startsWith("query error: bad_response: ").hasLineCount(1);
    String url = server.url();
    server.close();
    assertThat(Tool.run("query", "instant", url, "up").err())
        .startsWith("query error: Post \"" + url + "/api/v1/query\": dial tcp 127.0.0.1:")
        .endsWith(": connect: connection refused\n");
  }

  @Test
  void refusesWhatMakesNoSense() {
    assertThat(query("instant", "up", "--time=yesterday").err())
        .isEqualTo(
            "error parsing evaluation time: cannot parse \"yesterday\" to a valid timestamp\n");
    assertThat(query("range", "up", "--start=5", "--end=5").err())
        .isEqualTo("start time is not before end time\n");
    assertThat(query("series", "--match=up", "--end=x").err())
        .isEqualTo("error parsing end time: cannot parse \"x\" to a valid timestamp\n");
    assertThat(query("series").err())
        .isEqualTo("narthex: error: required flag(s) '--match' not provided, try --help\n");
    assertThat(server.asked()).isEmpty();
    assertThat(Tool.run("query", "instant", "localhost:9090", "up").err())
        .isEqualTo(
            "server \"localhost:9090\" is no URL: write http://host:port or https://host:port\n");
  }

  private Tool analyze() {
    return Tool.run(
        "query",
        "analyze",
        "--server=" + server.url(),
        "--type=histogram",
        "--match=h",
        "--duration=90m",
        "--time=5");
  }

  @Test
  void analyzesTheBucketsInUse() {
    server.data(
        "{'resultType':'matrix','result':["
            + "{'metric':{'__name__':'n'},'histograms':[[1,"
            + HISTOGRAM
            + "],[2,{'count':'1','sum':'1','buckets':[[0,'1','2','1']]}]]},"
            + "{'metric':{'__name__':'h_bucket','le':'+Inf'},'values':[[1,'4'],[2,'5'],[3,'9']]},"
            + "{'metric':{'__name__':'h_bucket','le':'1'},'values':[[1,'4'],[2,'3'],[3,'3']]},"
            + "{'metric':{'__name__':'h_bucket','le':'0.5'},'values':[[1,'0'],[2,'2'],[3,'3']]},"
            + "{'metric':{'__name__':'other','le':'1'},'values':[[1,'4'],[2,'3']]},"
            + "{'metric':{'__name__':'one_bucket','le':'1'},'values':[[1,'4']]}]}");
    assertThat(analyze())
        .isEqualTo(
            printed(
                """
                Bucket stats for each histogram series over time
                ------------------------------------------------
                First the min, avg, and max number of populated buckets, followed by the total
                number of buckets (only if different from the max number of populated buckets
                which is typical for classic but not native histograms).

                - n (native): 1/1.500/2/3
                - h_bucket{} (classic): 1/2.000/3

                Aggregated bucket stats
                -----------------------
                Each line shows min/avg/max over the series above.

                Native histogram series (1 in total):
                - min populated: 1/1.000/1
                - avg populated: 1/1.000/1
                - max populated: 2/2.000/2
                - total: 3/3.000/3

                Classic histogram series (1 in total):
                - min populated: 1/1.000/1
                - avg populated: 2/2.000/2
                - max populated: 3/3.000/3
                """));
    assertThat(server.asked()).containsExactly("POST /api/v1/query query=h[1h30m0s]&time=5");
  }

  @Test
  void doesNotAnalyzeBucketsOfDifferentTimes() {
    server.data(
        "{'resultType':'matrix','result':["
            + "{'metric':{'__name__':'h_bucket','le':'1'},'values':[[1,'4'],[2,'3']]},"
            + "{'metric':{'__name__':'h_bucket','le':'2'},'values':[[1,'4'],[3,'3']]}]}");
    assertThat(analyze().err()).isEqualTo("matrix result is not time aligned\n");
  }

  /** Of the numbers and label sets that Debian's promtool knows too. */
  @Test
  void printsWhatPromtoolPrints() throws Exception {
    Promtool promtool = Promtool.onThePath();
    server.data(VECTOR);
    for (String format : new String[] {"promql", "json"}) {
      String[] args = {"query", "instant", "-o", format, server.url(), "up"};
      assertThat(Tool.run(args).out()).isEqualTo(promtool.run(args));
    }
    server.data("[{'__name__':'up','job':'a<b','e':'é\\\\n'},{}]");
    for (String format : new String[] {"promql", "json"}) {
      String[] args = {"query", "series", "-o", format, server.url(), "--match=up"};
      assertThat(Tool.run(args).out()).isEqualTo(promtool.run(args));
    }
  }
}
