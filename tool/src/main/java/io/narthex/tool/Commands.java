package io.narthex.tool;

import io.narthex.cli.Argument;
import io.narthex.cli.Command;
import io.narthex.cli.Flag;
import io.narthex.cli.Flag.Kind;
import java.util.List;

/** All commands of the tool with their flags and arguments: names and defaults are promtool's. */
final class Commands {
  private static final String DATA = "data/";

  private static final Argument DB_PATH =
      Argument.optional("db path", DATA, "Directory of the database (default is data/).");

  private static final Flag HUMAN_READABLE =
      new Flag("human-readable", Kind.BOOLEAN, "false", "Times and sizes for people.").brief('r');

  private static final Flag SANDBOX =
      new Flag(
          "sandbox-dir-root",
          Kind.TEXT,
          "",
          "Where temporary chunks go while the log is loaded; the default is the system's folder"
              + " for temporary files.");

  private static final Flag MIN_TIME =
      new Flag(
          "min-time",
          Kind.INTEGER,
          Long.toString(Long.MIN_VALUE),
          "Oldest sample wanted, milliseconds since 1970.");

  private static final Flag MAX_TIME =
      new Flag(
          "max-time",
          Kind.INTEGER,
          Long.toString(Long.MAX_VALUE),
          "Newest sample wanted, milliseconds since 1970.");

  private static final Flag MATCH =
      new Flag("match", Kind.TEXT, "{__name__=~'(?s:.*)'}", "Series wanted; may be repeated.")
          .many();

  private static final Argument QUERY = Argument.required("query", "The expression.");
  private static final Argument LABEL = Argument.required("name", "Name of the label.");

  static final Command ALL =
      Command.group(
          "narthex tool",
          "What promtool does, for Narthex and Prometheus alike.",
          List.of(
              new Flag("experimental", Kind.BOOLEAN, "false", "Allow experimental commands."),
              new Flag(
                      "enable-feature",
                      Kind.TEXT,
                      "",
                      "Features of PromQL to switch on, separated by commas:"
                          + " promql-experimental-functions, promql-extended-range-selectors,"
                          + " promql-binop-fill-modifiers.")
                  .many()),
          Command.group(
              "tsdb",
              "Looks at databases and makes blocks; a server may run on the directory.",
              List.of(),
              list(),
              analyze(),
              dump(),
              dumpOpenMetrics(),
              createBlocks(),
              bench()),
          promql(),
          QueryCommandLines.ALL,
          Command.group("test", "Tests expressions by scripts.", List.of(), testPromql()));

  private Commands() {}

  private static Command list() {
    return Command.of("list", "Lists the blocks of a database.", List.of(HUMAN_READABLE), DB_PATH);
  }

  private static Command analyze() {
    return Command.of(
        "analyze",
        "Shows what is in a block: churn, cardinality, and how full chunks are.",
        List.of(
            new Flag("limit", Kind.NUMBER, "20", "Items of each list."),
            new Flag("extended", Kind.BOOLEAN, "false", "Look into the chunks as well."),
            new Flag("match", Kind.TEXT, "", "Look at these series only.")),
        DB_PATH,
        Argument.optional("block id", "", "The block (default is the one written last)."));
  }

  private static Command dump() {
    return Command.of(
        "dump",
        "Prints the samples of a database, or its series.",
        List.of(
            SANDBOX,
            MIN_TIME,
            MAX_TIME,
            MATCH,
            new Flag("format", Kind.CHOICE, "prom", "prom for samples, seriesjson for label sets.")
                .oneOf("prom", "seriesjson")),
        DB_PATH);
  }

  private static Command dumpOpenMetrics() {
    return Command.of(
        "dump-openmetrics",
        "Prints the samples of a database as OpenMetrics text, without native histograms.",
        List.of(SANDBOX, MIN_TIME, MAX_TIME, MATCH),
        DB_PATH);
  }

  private static Command createBlocks() {
    return Command.group(
        "create-blocks-from",
        "Makes blocks of samples from elsewhere.",
        List.of(
            HUMAN_READABLE,
            new Flag("quiet", Kind.BOOLEAN, "false", "Do not list the blocks made.").brief('q'),
            new Flag(
                    "max-block-duration",
                    Kind.GO_DURATION,
                    "0s",
                    "Longest range of a block; two hours where less is given.")
                .hide()),
        Command.of(
            "openmetrics",
            "Makes blocks of the samples in a file of OpenMetrics text.",
            List.of(
                new Flag(
                        "label", Kind.PAIR, "", "NAME=VALUE to add to all series; may be repeated.")
                    .many()),
            Argument.required("input file", "The file."),
            Argument.optional(
                "output directory", DATA, "Where blocks are made (default is data/).")));
  }

  private static Command bench() {
    return Command.group(
        "bench",
        "Measures a database.",
        List.of(),
        Command.of(
            "write",
            "Measures how fast samples are taken.",
            List.of(
                new Flag("out", Kind.TEXT, "benchout", "Where the database is made."),
                new Flag("metrics", Kind.INTEGER, "10000", "Most series to read."),
                new Flag("scrapes", Kind.INTEGER, "3000", "Samples of each series.")),
            Argument.optional(
                "file",
                "../../tsdb/testdata/20kseries.json",
                "JSON objects with the labels of a series, one a line (default is"
                    + " ../../tsdb/testdata/20kseries.json).")));
  }

  private static Command promql() {
    return Command.group(
        "promql",
        "Formats and edits expressions. Asks for --experimental.",
        List.of(),
        Command.of(
            "format", "Prints an expression, long ones over several lines.", List.of(), QUERY),
        Command.group(
            "label-matchers",
            "Edits the selectors of an expression.",
            List.of(),
            Command.of(
                "set",
                "Gives every selector a matcher, in place of those on the same label.",
                List.of(
                    new Flag("type", Kind.CHOICE, "=", "How the matcher compares.")
                        .oneOf("=", "!=", "=~", "!~")
                        .brief('t')),
                QUERY,
                LABEL,
                Argument.required("value", "Value or regular expression.")),
            Command.of("delete", "Takes the matchers on a label away.", List.of(), QUERY, LABEL)));
  }

  private static Command testPromql() {
    return Command.of(
        "promql",
        "Runs PromQL test scripts (load, clear, eval, expect) and prints every evaluation that"
            + " fails; all of the language is switched on.",
        List.of(),
        Argument.many(
            "script",
            "Scripts, directories with *.test files, or patterns like 'tests/**/*.test'."));
  }
}
