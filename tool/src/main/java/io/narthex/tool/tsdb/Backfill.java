package io.narthex.tool.tsdb;

import io.narthex.exposition.Entry;
import io.narthex.exposition.openmetrics.OpenMetricsCursor;
import io.narthex.storage.StorageException;
import io.narthex.tool.Output;
import io.narthex.tool.Progress;
import io.narthex.tool.ToolException;
import io.narthex.tsdb.ReadOnlyDb;
import io.narthex.tsdb.block.Block;
import io.narthex.tsdb.block.BlockMeta;
import io.narthex.tsdb.encoding.FileErrors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * {@code tsdb create-blocks-from openmetrics}: makes a block for every range of time that a file
 * has samples in. The file is read once to find these ranges, then once for every few of them.
 */
public final class Backfill {
  /** So many blocks are made of one reading of the file. */
  private static final int RANGES_AT_ONCE = 12;

  private static final String PREFIX = "block creation: process blocks: ";

  private final Path input;
  private final Path database;
  private final long rangeMillis;
  private final Map<String, String> extraLabels;
  private final Progress progress;

  public Backfill(
      Path input,
      Path database,
      long maxRangeMillis,
      Map<String, String> extraLabels,
      Progress progress) {
    this.input = input;
    this.database = database;
    this.rangeMillis = BlockRange.within(maxRangeMillis);
    this.extraLabels = Map.copyOf(extraLabels);
    this.progress = progress;
  }

  /** Makes the blocks, and lists them as they are made unless that is not wanted. */
  public void run(boolean humanReadable, boolean quiet, Output out) {
    if (!Files.exists(input)) {
      throw new ToolException("stat " + input + ": no such file or directory");
    }
    if (Files.isDirectory(input)) {
      throw new ToolException("read " + input + ": is a directory");
    }
    Path file = OpenMetricsFile.seekable(input);
    try {
      createDatabase();
      OpenMetricsFile text = new OpenMetricsFile(file);
      List<Long> ranges = ranges(text);
      boolean header = !quiet;
      for (int i = 0; i < ranges.size(); i += RANGES_AT_ONCE) {
        List<Long> next = ranges.subList(i, Math.min(ranges.size(), i + RANGES_AT_ONCE));
        for (BlockMeta made : make(text, next, i, ranges.size())) {
          if (!quiet) {
            print(made, header, humanReadable, out);
            header = false;
          }
        }
      }
    } finally {
      progress.done();
      if (!file.equals(input)) {
        delete(file);
      }
    }
  }

  private void createDatabase() {
    try {
      Files.createDirectories(database);
    } catch (IOException e) {
      throw new ToolException(
          "create output dir: mkdir " + database + ": " + FileErrors.reason(e), e);
    }
  }

  private static void delete(Path copy) {
    try {
      Files.deleteIfExists(copy);
    } catch (IOException e) {
      throw new ToolException("remove " + copy + ": " + FileErrors.reason(e), e);
    }
  }

  /** Numbers of the ranges that have samples, ascending. */
  private List<Long> ranges(OpenMetricsFile text) {
    TreeSet<Long> found = new TreeSet<>();
    text.read(
        "getting min and max timestamp: next: ",
        new OpenMetricsFile.Visitor() {
          private long current = Long.MIN_VALUE;

          @Override
          public void entry(Entry entry, OpenMetricsCursor cursor) {
            if (entry != Entry.SERIES) {
              return;
            }
            if (!cursor.hasTimestamp()) {
              throw new ToolException(
                  "getting min and max timestamp: expected timestamp for series got none");
            }
            long range = Math.floorDiv(cursor.timestampMillis(), rangeMillis);
            if (range != current) {
              current = range;
              found.add(range);
            }
          }

          @Override
          public void progress(long bytes, long of) {
            progress.show("checking", bytes, of);
          }
        });
    return List.copyOf(found);
  }

  private List<BlockMeta> make(OpenMetricsFile text, List<Long> ranges, int done, int of) {
    List<RangeBlock> blocks = new ArrayList<>();
    try {
      for (long range : ranges) {
        blocks.add(new RangeBlock(database, range, rangeMillis));
      }
      RangeSamples samples =
          new RangeSamples(
              blocks,
              rangeMillis,
              extraLabels,
              (bytes, total) ->
                  progress.show(
                      "block " + (done + ranges.size()) + " of " + of + ": reading", bytes, total));
      text.read(PREFIX + "parse: ", samples);
      List<BlockMeta> made = new ArrayList<>();
      for (RangeBlock block : blocks) {
        Optional<BlockMeta> meta = block.finish();
        meta.ifPresent(made::add);
        block.dropped(meta).ifPresent(progress::warn);
      }
      return made;
    } catch (StorageException e) {
      throw new ToolException(PREFIX + e.getMessage(), e);
    } finally {
      blocks.forEach(RangeBlock::close);
    }
  }

  private void print(BlockMeta made, boolean header, boolean humanReadable, Output out) {
    BlockTable table = new BlockTable(humanReadable);
    if (header) {
      table.header();
    }
    try (ReadOnlyDb db = ReadOnlyDb.open(database)) {
      Block block = db.block(made.ulid().toString());
      table.add(block);
      table.print(out);
      out.flush();
    }
  }
}
