package io.narthex.tool.tsdb;

import io.narthex.model.time.GoDuration;
import io.narthex.tool.Output;
import io.narthex.tsdb.block.Block;
import io.narthex.tsdb.block.BlockMeta;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Blocks as lines of aligned columns: at least 13 wide, at least two blanks between them. */
final class BlockTable {
  private static final int MIN_WIDTH = 13;
  private static final int PADDING = 2;
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss '+0000 UTC'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private final boolean humanReadable;
  private final List<List<String>> rows = new ArrayList<>();

  BlockTable(boolean humanReadable) {
    this.humanReadable = humanReadable;
  }

  void header() {
    rows.add(
        List.of(
            "BLOCK ULID",
            "MIN TIME",
            "MAX TIME",
            "DURATION",
            "NUM SAMPLES",
            "NUM CHUNKS",
            "NUM SERIES",
            "SIZE"));
  }

  void add(Block block) {
    BlockMeta meta = block.meta();
    rows.add(
        List.of(
            meta.ulid().toString(),
            time(meta.minTime()),
            time(meta.maxTime()),
            GoDuration.format((meta.maxTime() - meta.minTime()) * 1_000_000),
            Long.toString(meta.stats().samples()),
            Long.toString(meta.stats().chunks()),
            Long.toString(meta.stats().series()),
            humanReadable
                ? BinarySize.format(block.sizeBytes())
                : Long.toString(block.sizeBytes())));
  }

  private String time(long millis) {
    return humanReadable
        ? TIME.format(Instant.ofEpochSecond(millis / 1000))
        : Long.toString(millis);
  }

  void print(Output out) {
    if (rows.isEmpty()) {
      return;
    }
    int columns = rows.getFirst().size();
    int[] widths = new int[columns];
    for (List<String> row : rows) {
      for (int i = 0; i < columns; i++) {
        widths[i] = Math.max(widths[i], Math.max(MIN_WIDTH, row.get(i).length() + PADDING));
      }
    }
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < columns; i++) {
        line.append(row.get(i));
        if (i < columns - 1) {
          line.repeat(' ', widths[i] - row.get(i).length());
        }
      }
      out.line(line.toString());
    }
  }
}
