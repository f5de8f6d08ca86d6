package io.narthex.tool;

import io.narthex.cli.CommandValues;
import io.narthex.cli.FlagValues;
import io.narthex.cli.UsageException;
import io.narthex.config.ConfigException;
import io.narthex.config.HttpClientFile;
import io.narthex.http.client.HttpClientConfig;
import io.narthex.model.value.GoFloat;
import io.narthex.tool.query.ApiException;
import io.narthex.tool.query.BucketUsage;
import io.narthex.tool.query.ExplainText;
import io.narthex.tool.query.Parameters;
import io.narthex.tool.query.QueryTime;
import io.narthex.tool.query.ResultJson;
import io.narthex.tool.query.ResultPrinter;
import io.narthex.tool.query.ResultText;
import io.narthex.tool.query.ServerApi;
import io.narthex.tool.query.ServerUrl;
import java.io.PrintStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;

/** Gives the commands of the group {@code query} what their flags say. */
final class QueryCommands {
  private static final long SECOND_NANOS = 1_000_000_000L;

  /** What a range query goes back to where it does not say. */
  private static final long RANGE_SECONDS = 5 * 60;

  /** So many steps a range query has at least where it does not say. */
  private static final int STEPS = 250;

  /** What a search for series spans in each direction where it does not say. */
  private static final long SEARCH_SECONDS = 9999L * 3600;

  private final FlagValues flags;
  private final Output out;
  private final PrintStream err;
  private final ServerApi server;

  private QueryCommands(FlagValues flags, Output out, PrintStream err, ServerApi server) {
    this.flags = flags;
    this.out = out;
    this.err = err;
    this.server = server;
  }

  static void run(CommandValues command, Output out, PrintStream err) {
    FlagValues flags = command.flags();
    boolean byFlag = command.name().equals("query analyze");
    ServerUrl url = ServerUrl.parse(byFlag ? flags.text("server") : command.arguments().getFirst());
    Map<String, String> headers = flags.has("header") ? flags.pairs("header") : Map.of();
    try (ServerApi server = new ServerApi(url, config(flags, url), headers)) {
      new QueryCommands(flags, out, err, server).run(command);
    }
  }

  private static HttpClientConfig config(FlagValues flags, ServerUrl url) {
    if (!flags.isGiven("http.config.file")) {
      return ServerApi.defaultConfig();
    }
    Path file = Path.of(flags.text("http.config.file"));
    if (!Files.exists(file)) {
      throw new UsageException("path '" + file + "' does not exist");
    }
    if (url.login().isPresent()) {
      throw new ToolException(
          "narthex: error: Cannot set base auth in the server URL and use a http.config.file at"
              + " the same time");
    }
    try {
      return HttpClientFile.load(file);
    } catch (ConfigException e) {
      throw new ToolException(
          "narthex: error: Failed to load HTTP config file: " + e.getMessage(), e);
    }
  }

  private void run(CommandValues command) {
    switch (command.name()) {
      case "query instant" -> instant(command.arguments().get(1));
      case "query range" -> range(command.arguments().get(1));
      case "query series" -> series();
      case "query labels" -> labels(command.arguments().get(1));
      case "query analyze" -> analyze();
      case "query explain" -> explain(command.arguments().get(1));
      default -> throw new IllegalStateException("BUG: no command " + command.name());
    }
  }

  private ResultPrinter printer() {
    return flags.text("format").equals("json") ? new ResultJson(out) : new ResultText(out);
  }

  private void instant(String query) {
    QueryTime time = time("time", "evaluation time", now());
    Parameters parameters = new Parameters().add("query", query).add("time", time.parameter());
    printer().value(post("/api/v1/query", parameters));
  }

  private void range(String query) {
    QueryTime end = time("end", "end time", now());
    QueryTime start = time("start", "start time", end.plusSeconds(-RANGE_SECONDS));
    if (start.compareTo(end) >= 0) {
      throw new ToolException("start time is not before end time");
    }
    double step = (double) flags.goDurationNanos("step") / SECOND_NANOS;
    if (step == 0) {
      step = Math.max(Math.floor((end.seconds() - start.seconds()) / STEPS), 1);
    }
    Parameters parameters =
        new Parameters()
            .add("query", query)
            .add("start", start.parameter())
            .add("end", end.parameter())
            .add("step", GoFloat.plain(step));
    printer().value(post("/api/v1/query_range", parameters));
  }

  private void series() {
    printer().series(post("/api/v1/series", search()));
  }

  private void labels(String name) {
    String escaped = URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
    ServerApi.Answer answer;
    try {
      answer = server.get("/api/v1/label/" + escaped + "/values", search());
    } catch (ToolException e) {
      throw failed(e);
    }
    answer.warnings().forEach(warning -> err.println("query warning: " + warning));
    printer().labelValues(answer.data());
  }

  /** The series that a search is about. */
  private Parameters search() {
    Parameters parameters = new Parameters();
    if (flags.isGiven("match")) {
      flags.each("match").forEach(selector -> parameters.add("match[]", selector));
    }
    QueryTime start = time("start", "start time", now().plusSeconds(-SEARCH_SECONDS));
    QueryTime end = time("end", "end time", now().plusSeconds(SEARCH_SECONDS));
    return parameters.add("start", start.parameter()).add("end", end.parameter());
  }

  private void analyze() {
    String type = flags.text("type");
    if (!type.equals("histogram")) {
      throw new ToolException("analyze type is " + type + ", must be 'histogram'");
    }
    QueryTime end = now();
    if (flags.isGiven("time")) {
      try {
        end = QueryTime.parse(flags.text("time"));
      } catch (ToolException e) {
        throw new ToolException(
            "error parsing time '" + flags.text("time") + "': " + e.getMessage(), e);
      }
    }
    new BucketUsage(server, flags.goDurationNanos("duration"), end).print(flags.each("match"), out);
  }

  private void explain(String query) {
    Parameters parameters = new Parameters().add("query", query);
    for (String name : new String[] {"time", "start", "end", "step", "timeout"}) {
      parameters.addIfGiven(name, flags.text(name));
    }
    parameters.addIfGiven("analyze", flags.bool("analyze") ? "true" : "");
    Object data;
    try {
      data = server.get("/api/v1/query_explain", parameters).data();
    } catch (ApiException e) {
      throw e.status() == 404
          ? new ToolException("this server explains no queries, only Narthex does", e)
          : e;
    }
    ExplainText text = new ExplainText(data);
    text.lines().forEach(out::line);
    if (!text.error().isEmpty()) {
      throw new ToolException("query failed: " + text.error());
    }
  }

  private Object post(String path, Parameters parameters) {
    try {
      return server.post(path, parameters).data();
    } catch (ToolException e) {
      throw failed(e);
    }
  }

  private static ToolException failed(ToolException e) {
    return new ToolException("query error: " + e.getMessage(), e);
  }

  private static QueryTime now() {
    return QueryTime.of(Instant.now());
  }

  /** The time that a flag gives, or another where it is not given. */
  private QueryTime time(String flag, String what, QueryTime otherwise) {
    String text = flags.text(flag);
    if (text.isEmpty()) {
      return otherwise;
    }
    try {
      return QueryTime.parse(text);
    } catch (ToolException e) {
      throw new ToolException("error parsing " + what + ": " + e.getMessage(), e);
    }
  }
}
