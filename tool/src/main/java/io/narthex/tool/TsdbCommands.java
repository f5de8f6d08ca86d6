package io.narthex.tool;

import io.narthex.cli.CommandValues;
import io.narthex.cli.FlagValues;
import io.narthex.tool.tsdb.Analysis;
import io.narthex.tool.tsdb.Backfill;
import io.narthex.tool.tsdb.BlockList;
import io.narthex.tool.tsdb.Dump;
import io.narthex.tool.tsdb.DumpFormat;
import io.narthex.tool.tsdb.LeftOut;
import io.narthex.tool.tsdb.Selectors;
import io.narthex.tool.tsdb.WriteBenchmark;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Optional;

/** Gives the commands of the group {@code tsdb} what their flags say. */
final class TsdbCommands {
  private TsdbCommands() {}

  /** Returns the exit code. */
  static int run(CommandValues command, Output out, PrintStream err) {
    FlagValues flags = command.flags();
    Path path = Path.of(command.arguments().getFirst());
    Progress progress =
        command.name().startsWith("tsdb dump")
            ? Main.progressBesideOutput(err)
            : Main.progress(err);
    LeftOut leftOut = new LeftOut(progress);
    switch (command.name()) {
      case "tsdb list" -> BlockList.print(path, flags.bool("human-readable"), out, leftOut);
      case "tsdb analyze" ->
          new Analysis(
                  path,
                  command.arguments().get(1),
                  (int) flags.number("limit"),
                  flags.bool("extended"),
                  flags.text("match"))
              .print(out, progress, leftOut);
      case "tsdb dump" ->
          dump(
              path,
              flags,
              flags.text("format").equals("prom") ? DumpFormat.SAMPLES : DumpFormat.SERIES_JSON,
              out,
              progress,
              leftOut);
      case "tsdb dump-openmetrics" ->
          dump(path, flags, DumpFormat.OPEN_METRICS, out, progress, leftOut);
      case "tsdb bench write" ->
          new WriteBenchmark(
                  Path.of(flags.text("out")),
                  path,
                  (int) flags.integer("metrics"),
                  (int) flags.integer("scrapes"),
                  out,
                  progress)
              .run();
      case "tsdb create-blocks-from openmetrics" ->
          new Backfill(
                  path,
                  Path.of(command.arguments().get(1)),
                  flags.goDurationNanos("max-block-duration") / 1_000_000,
                  flags.pairs("label"),
                  progress)
              .run(flags.bool("human-readable"), flags.bool("quiet"), out);
      default -> throw new IllegalStateException("BUG: no command " + command.name());
    }
    return leftOut.exitCode();
  }

  private static void dump(
      Path path,
      FlagValues flags,
      DumpFormat format,
      Output out,
      Progress progress,
      LeftOut leftOut) {
    String sandbox = flags.text("sandbox-dir-root");
    new Dump(
            path,
            sandbox.isEmpty() ? Optional.empty() : Optional.of(Path.of(sandbox)),
            flags.integer("min-time"),
            flags.integer("max-time"),
            Selectors.parse(flags.each("match")))
        .print(format, out, progress, leftOut);
  }
}
