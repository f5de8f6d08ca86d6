package io.narthex.tool.tsdb;

import io.narthex.exposition.Entry;
import io.narthex.exposition.openmetrics.OpenMetricsCursor;
import io.narthex.model.labels.Labels;
import io.narthex.tool.ToolException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Hands the samples of a file to the blocks of their ranges; those of other ranges are passed over.
 */
final class RangeSamples implements OpenMetricsFile.Visitor {
  /** Told how far the reading is. */
  interface Watcher {
    void read(long bytes, long of);
  }

  private static final String PREFIX = "block creation: process blocks: ";

  private final Map<Long, RangeBlock> blocks = new HashMap<>();
  private final long first;
  private final long last;
  private final long rangeMillis;
  private final Map<String, String> extraLabels;
  private final Watcher watcher;

  /** The series of the line before, as it stands there, and its labels. */
  private byte[] span = {};

  private Labels labels = Labels.EMPTY;
  private RangeBlock block;

  /**
   * @param ranges by their numbers, ascending
   */
  RangeSamples(
      List<RangeBlock> ranges, long rangeMillis, Map<String, String> extraLabels, Watcher watcher) {
    for (RangeBlock range : ranges) {
      blocks.put(range.range(), range);
    }
    this.first = ranges.getFirst().range();
    this.last = ranges.getLast().range();
    this.block = ranges.getFirst();
    this.rangeMillis = rangeMillis;
    this.extraLabels = extraLabels;
    this.watcher = watcher;
  }

  @Override
  public void entry(Entry entry, OpenMetricsCursor cursor) {
    if (entry != Entry.SERIES) {
      if (entry == Entry.TYPE) {
        // Labels of the same span may mean something else from here on.
        span = new byte[0];
      }
      return;
    }
    if (!cursor.hasTimestamp()) {
      throw new ToolException(
          PREFIX + "expected timestamp for series " + cursor.labels() + ", got none");
    }
    long t = cursor.timestampMillis();
    long range = Math.floorDiv(t, rangeMillis);
    if (range < first || range > last) {
      return;
    }
    if (range != block.range()) {
      block = blocks.get(range);
      if (block == null) {
        throw new ToolException(PREFIX + "the file changes while it is read");
      }
    }
    takeLabels(cursor);
    block.add(labels, t, cursor.value());
  }

  private void takeLabels(OpenMetricsCursor cursor) {
    int from = cursor.spanStart();
    int to = cursor.spanEnd();
    if (Arrays.equals(span, 0, span.length, cursor.buffer(), from, to)) {
      return;
    }
    Labels found = cursor.labels();
    if (!cursor.duplicateLabel().isEmpty()) {
      throw new ToolException(
          PREFIX
              + "add sample: label name \""
              + cursor.duplicateLabel()
              + "\" is not unique: invalid sample");
    }
    for (Map.Entry<String, String> extra : extraLabels.entrySet()) {
      found = found.with(extra.getKey(), extra.getValue());
    }
    if (found.isEmpty()) {
      throw new ToolException(PREFIX + "add sample: empty labelset: invalid sample");
    }
    labels = found;
    span = Arrays.copyOfRange(cursor.buffer(), from, to);
  }

  @Override
  public void progress(long bytes, long of) {
    watcher.read(bytes, of);
  }
}
