package io.narthex.tsdb.head;

import io.narthex.model.histogram.CounterResetHint;
import io.narthex.model.histogram.FloatHistogram;
import io.narthex.model.histogram.Histogram;
import io.narthex.model.histogram.NativeHistogram;
import io.narthex.storage.SampleBuffer;
import io.narthex.tsdb.chunk.ChunkDecoder;
import io.narthex.tsdb.chunk.ChunkEncoding;
import io.narthex.tsdb.chunk.HistogramChunkReader;
import io.narthex.tsdb.encoding.ByteWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The samples of one chunk, their kinds kept.
 *
 * @param histograms empty for a chunk of floats
 * @param starts empty where no sample says since when it counts
 */
record OutOfOrderRun(
    long[] times, double[] values, List<NativeHistogram> histograms, long[] starts) {
  private static final long[] NO_STARTS = {};

  static OutOfOrderRun decode(ChunkEncoding encoding, ByteWriter chunk) {
    if (encoding.isHistogram()) {
      return decodeHistograms(encoding, chunk);
    }
    SampleBuffer samples = new SampleBuffer();
    ChunkDecoder.decode(
        encoding, chunk.array(), 0, chunk.length(), Long.MIN_VALUE, Long.MAX_VALUE, samples);
    int n = samples.size();
    return new OutOfOrderRun(
        Arrays.copyOf(samples.timestamps, n),
        Arrays.copyOf(samples.values, n),
        List.of(),
        samples.startTimestamps == null ? NO_STARTS : Arrays.copyOf(samples.startTimestamps, n));
  }

  private static OutOfOrderRun decodeHistograms(ChunkEncoding encoding, ByteWriter chunk) {
    HistogramChunkReader reader =
        HistogramChunkReader.of(encoding, chunk.array(), 0, chunk.length());
    List<NativeHistogram> histograms = new ArrayList<>();
    long[] times = new long[ChunkDecoder.count(encoding, chunk.array(), 0)];
    double[] values = new double[times.length];
    long[] starts = encoding.hasStartTimes() ? new long[times.length] : NO_STARTS;
    while (reader.next()) {
      NativeHistogram h = reader.histogram();
      if (starts.length > 0) {
        starts[histograms.size()] = reader.startMillis();
      }
      times[histograms.size()] = reader.timestampMillis();
      values[histograms.size()] = h.sum();
      histograms.add(h);
    }
    return new OutOfOrderRun(times, values, histograms, starts);
  }

  /** The run but for what is deleted of it. */
  OutOfOrderRun without(DeletedRanges deleted) {
    if (times.length == 0 || !deleted.overlaps(times[0], times[times.length - 1])) {
      return this;
    }
    long[] keptTimes = new long[times.length];
    double[] keptValues = new double[times.length];
    List<NativeHistogram> keptHistograms = new ArrayList<>();
    long[] keptStarts = new long[starts.length];
    int n = 0;
    for (int i = 0; i < times.length; i++) {
      if (deleted.contains(times[i])) {
        continue;
      }
      keptTimes[n] = times[i];
      keptValues[n] = values[i];
      if (!histograms.isEmpty()) {
        keptHistograms.add(histograms.get(i));
      }
      if (starts.length > 0) {
        keptStarts[n] = starts[i];
      }
      n++;
    }
    return new OutOfOrderRun(
        Arrays.copyOf(keptTimes, n),
        Arrays.copyOf(keptValues, n),
        keptHistograms,
        starts.length == 0 ? NO_STARTS : Arrays.copyOf(keptStarts, n));
  }

  /** Since when a sample counts; 0 where not known. */
  long start(int i) {
    return starts.length == 0 ? 0 : starts[i];
  }

  /**
   * The histogram of a sample, null for a float.
   *
   * @param related whether it follows the one before in the run; else nothing is known of resets
   */
  @Nullable NativeHistogram histogram(int i, boolean related) {
    if (histograms.isEmpty()) {
      return null;
    }
    NativeHistogram histogram = histograms.get(i);
    if (related || histogram.counterResetHint() == CounterResetHint.GAUGE) {
      return histogram;
    }
    return switch (histogram) {
      case Histogram h -> h.withCounterResetHint(CounterResetHint.UNKNOWN);
      case FloatHistogram h -> h.withCounterResetHint(CounterResetHint.UNKNOWN);
    };
  }
}
