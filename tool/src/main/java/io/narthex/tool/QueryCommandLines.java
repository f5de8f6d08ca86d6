package io.narthex.tool;

import io.narthex.cli.Argument;
import io.narthex.cli.Command;
import io.narthex.cli.Flag;
import io.narthex.cli.Flag.Kind;
import java.util.List;

/** The commands that ask a server. */
final class QueryCommandLines {
  private static final Argument SERVER =
      Argument.required("server", "URL of the server, as http://localhost:9090.");

  private static final Argument EXPR = Argument.required("expr", "The query.");

  private static final Flag HEADER =
      new Flag("header", Kind.PAIR, "", "NAME=VALUE to send with the request; may be repeated.")
          .many();

  private static final Flag MATCH =
      new Flag("match", Kind.TEXT, "", "Series wanted; may be repeated.").many();

  static final Command ALL =
      Command.group(
          "query",
          "Asks a server.",
          List.of(
              new Flag("format", Kind.CHOICE, "promql", "How to print what it answers.")
                  .oneOf("promql", "json")
                  .brief('o'),
              new Flag(
                  "http.config.file",
                  Kind.TEXT,
                  "",
                  "File with credentials, TLS and proxies, as http_config has them.")),
          Command.of(
              "instant",
              "Evaluates a query at one time.",
              List.of(time("time", "When; now where not given"), HEADER),
              SERVER,
              EXPR),
          Command.of(
              "range",
              "Evaluates a query at the steps of a range of time.",
              List.of(
                  HEADER,
                  time("start", "Start; five minutes before the end where not given"),
                  time("end", "End; now where not given"),
                  new Flag(
                      "step",
                      Kind.GO_DURATION,
                      "0s",
                      "Step, as 15s; a 250th of the range, at least 1s, where not given.")),
              SERVER,
              EXPR),
          Command.of(
              "series",
              "Lists series.",
              List.of(MATCH.demanded(), time("start", "Start"), time("end", "End")),
              SERVER),
          Command.of(
              "labels",
              "Lists the values of a label.",
              List.of(time("start", "Start"), time("end", "End"), MATCH),
              SERVER,
              Argument.required("name", "Name of the label.")),
          analyze(),
          explain());

  private QueryCommandLines() {}

  private static Flag time(String name, String what) {
    return new Flag(name, Kind.TEXT, "", what + " (RFC 3339 or seconds since 1970).");
  }

  private static Command analyze() {
    return Command.of(
        "analyze",
        "Shows how many buckets of histograms are in use.",
        List.of(
            new Flag("server", Kind.TEXT, "", "URL of the server.").demanded(),
            new Flag("type", Kind.TEXT, "", "Kind of metric: histogram.").demanded(),
            new Flag("duration", Kind.GO_DURATION, "1h", "How far to look back."),
            time("time", "From when on; now where not given"),
            new Flag("match", Kind.TEXT, "", "Series wanted; may be repeated.").many().demanded()));
  }

  private static Command explain() {
    return Command.of(
        "explain",
        "Shows how a server evaluates a query, what to expect of it, and what to change.",
        List.of(
            new Flag("analyze", Kind.BOOLEAN, "false", "Run it, and show what it did and cost."),
            new Flag("time", Kind.TEXT, "", "Time of an instant query (RFC 3339 or seconds)."),
            new Flag("start", Kind.TEXT, "", "Start of a range query."),
            new Flag("end", Kind.TEXT, "", "End of a range query."),
            new Flag("step", Kind.TEXT, "", "Step of a range query (duration or seconds)."),
            new Flag("timeout", Kind.TEXT, "", "How long it may run.")),
        SERVER,
        EXPR);
  }
}
