package io.narthex.tsdb.head;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.client.MetricRegistry;
import io.narthex.model.histogram.FloatHistogram;
import io.narthex.model.histogram.Histogram;
import io.narthex.model.labels.Labels;
import io.narthex.model.labels.Matcher;
import io.narthex.storage.AppendResult;
import io.narthex.storage.Appender;
import io.narthex.storage.Querier;
import io.narthex.storage.SampleBuffer;
import io.narthex.storage.SelectHints;
import io.narthex.storage.SeriesSet;
import io.narthex.tsdb.chunk.HeadChunkFiles;
import io.narthex.tsdb.wal.SeriesIdBound;
import io.narthex.tsdb.wal.WalCompression;
import io.narthex.tsdb.wal.WalMetrics;
import io.narthex.tsdb.wal.WalSegments;
import io.narthex.tsdb.wal.WalWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a process has of a directory, with the log not yet replayed. To leave it alone is a crash.
 */
final class HeadProcess implements AutoCloseable {
  static final long T0 = 1_700_000_000_000L;
  private static final int SEGMENT = 1 << 16;
  private static final long FOREVER = 10_000_000_000_000L;

  final MetricRegistry registry = new MetricRegistry();
  final Head head;
  final HeadReplay replay;

  /** Refuses samples that are out of order. */
  HeadProcess(Path folder) {
    this(folder, 0);
  }

  /**
   * @param window how late samples may be, milliseconds
   */
  HeadProcess(Path folder, long window) {
    head =
        new Head(
            HeadOptions.DEFAULT,
            HeadChunkFiles.open(folder.resolve("chunks_head")),
            new HeadMetrics(registry));
    Path wal = folder.resolve("wal");
    int newest = WalSegments.list(wal).stream().reduce(-1, (_, n) -> n);
    long bound = SeriesIdBound.of(wal, newest);
    WalWriter writer = open(wal);
    head.log(writer, bound);
    if (window > 0) {
      head.logOutOfOrder(open(folder.resolve("wbl")));
      head.outOfOrderWindow(window);
    }
    replay =
        new HeadReplay(head, writer, folder.resolve("wbl"), Optional.empty(), new ReplayStatus());
  }

  private static WalWriter open(Path folder) {
    return WalWriter.open(folder, SEGMENT, WalCompression.SNAPPY, WalMetrics.unregistered());
  }

  static Labels labels(int i) {
    return Labels.of("__name__", "m", "i", Integer.toString(i));
  }

  long append(Labels labels, long t, double v) {
    try (Appender appender = head.appender()) {
      long ref = appender.series(labels);
      assertThat(appender.append(ref, t, v)).isEqualTo(AppendResult.OK);
      appender.commit();
      return ref;
    }
  }

  void append(Labels labels, long t, Histogram h) {
    try (Appender appender = head.appender()) {
      assertThat(appender.append(appender.series(labels), t, h)).isEqualTo(AppendResult.OK);
      appender.commit();
    }
  }

  /** Samples by the label {@code i}, times counted from {@link #T0}; a histogram by its count. */
  Map<String, String> read() {
    return read(T0);
  }

  /** The same with another start of time. */
  Map<String, String> read(long start) {
    Map<String, String> found = new TreeMap<>();
    try (Querier querier = head.querier(0, FOREVER)) {
      SeriesSet set =
          querier.select(SelectHints.range(0, FOREVER), List.of(Matcher.equal("__name__", "m")));
      SampleBuffer buffer = new SampleBuffer();
      for (int i = 0; i < set.size(); i++) {
        set.read(i, 0, FOREVER, buffer);
        if (buffer.size() > 0) {
          found.put(set.labels(i).get("i"), text(buffer, start));
        }
      }
    }
    return found;
  }

  private static String text(SampleBuffer samples, long start) {
    StringBuilder line = new StringBuilder();
    for (int s = 0; s < samples.size(); s++) {
      line.append(samples.timestamps[s] - start).append('=');
      FloatHistogram histogram = samples.hasHistograms() ? samples.histograms[s] : null;
      line.append(histogram == null ? samples.values[s] : "h" + histogram.count()).append(' ');
    }
    return line.toString();
  }

  @Override
  public void close() {
    head.close();
  }
}
