package io.narthex.tsdb.chunk;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.model.histogram.CounterResetHint;
import io.narthex.model.histogram.FloatHistogram;
import io.narthex.model.histogram.Histogram;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** When chunks are given more buckets, when they end, and what their successors then say. */
final class HistogramFitTest {
  private static final int[] NONE = {};

  private static Histogram counter(int[] spans, long... counts) {
    return histogram(CounterResetHint.UNKNOWN, spans, counts);
  }

  private static Histogram gauge(int[] spans, long... counts) {
    return histogram(CounterResetHint.GAUGE, spans, counts);
  }

  private static Histogram histogram(CounterResetHint hint, int[] spans, long... counts) {
    long[] deltas = counts.clone();
    long count = 0;
    for (int i = counts.length - 1; i >= 0; i--) {
      count += counts[i];
      deltas[i] -= i > 0 ? counts[i - 1] : 0;
    }
    return new Histogram(hint, 0, 0, 0, count, 1, spans, deltas, NONE, new long[0], new double[0]);
  }

  private static List<FloatHistogram> read(HistogramChunkEncoder<?> encoder) {
    byte[] chunk = encoder.chunk().toByteArray();
    HistogramChunkReader reader =
        HistogramChunkReader.of(encoder.encoding(), chunk, 0, chunk.length);
    List<FloatHistogram> read = new ArrayList<>();
    while (reader.next()) {
      read.add(reader.floatHistogram());
    }
    return read;
  }

  private static void append(Histogram next, HistogramEncoder a, FloatHistogramEncoder b) {
    long t = a.count() * 1000L;
    if (a.count() > 0) {
      assertThat(a.fit(next)).isEqualTo(HistogramFit.APPENDS);
      assertThat(b.fit(next.toFloat())).isEqualTo(HistogramFit.APPENDS);
    }
    a.add(t, next);
    b.add(t, next.toFloat());
  }

  @Test
  void newBucketsOfACounterAreAddedToAllHistogramsOfTheChunk() {
    HistogramEncoder integers = new HistogramEncoder();
    FloatHistogramEncoder floats = new FloatHistogramEncoder();
    append(counter(new int[] {2, 2}, 3, 0), integers, floats);
    append(counter(new int[] {2, 2}, 4, 0), integers, floats);
    // Brings bucket 0 and 5, and leaves out bucket 3, which is empty.
    append(counter(new int[] {0, 1, 1, 1, 2, 1}, 7, 5, 1), integers, floats);
    for (List<FloatHistogram> read : List.of(read(integers), read(floats))) {
      assertThat(read).hasSize(3);
      for (FloatHistogram h : read) {
        assertThat(h.positiveSpans()).containsExactly(0, 1, 1, 2, 1, 1);
      }
      assertThat(read.get(0).positiveCounts()).containsExactly(0, 3, 0, 0);
      assertThat(read.get(1).positiveCounts()).containsExactly(0, 4, 0, 0);
      assertThat(read.get(2).positiveCounts()).containsExactly(7, 5, 0, 1);
    }
  }

  @Test
  void emptyBucketsThatAHistogramLeavesOutAreWrittenForIt() {
    HistogramEncoder integers = new HistogramEncoder();
    FloatHistogramEncoder floats = new FloatHistogramEncoder();
    append(counter(new int[] {0, 3}, 3, 0, 1), integers, floats);
    append(counter(new int[] {0, 1, 1, 1}, 4, 2), integers, floats);
    for (List<FloatHistogram> read : List.of(read(integers), read(floats))) {
      assertThat(read.get(1).positiveSpans()).containsExactly(0, 3);
      assertThat(read.get(1).positiveCounts()).containsExactly(4, 0, 2);
    }
  }

  @Test
  void gaugesMayLoseBucketsInUse() {
    HistogramEncoder integers = new HistogramEncoder();
    FloatHistogramEncoder floats = new FloatHistogramEncoder();
    append(gauge(new int[] {0, 2}, 3, 9), integers, floats);
    append(gauge(new int[] {1, 2}, 2, 1), integers, floats);
    for (List<FloatHistogram> read : List.of(read(integers), read(floats))) {
      assertThat(read.get(0).positiveCounts()).containsExactly(3, 9, 0);
      assertThat(read.get(1).positiveCounts()).containsExactly(0, 2, 1);
      assertThat(read.get(1).counterResetHint()).isEqualTo(CounterResetHint.GAUGE);
    }
  }

  @Test
  void aStalenessMarkerAfterGaugesStartsAChunk() {
    HistogramEncoder integers = new HistogramEncoder();
    FloatHistogramEncoder floats = new FloatHistogramEncoder();
    append(gauge(new int[] {0, 1}, 3), integers, floats);
    assertThat(integers.fit(Histogram.STALE)).isEqualTo(HistogramFit.AFTER_GAUGE);
    assertThat(floats.fit(FloatHistogram.STALE)).isEqualTo(HistogramFit.AFTER_GAUGE);
    assertThat(integers.headerAfter(HistogramFit.AFTER_GAUGE))
        .isEqualTo(CounterResetHeader.NOT_RESET);
    assertThat(floats.headerAfter(HistogramFit.AFTER_GAUGE)).isEqualTo(CounterResetHeader.UNKNOWN);
  }

  @Test
  void aFullChunkIsFollowedByOneWithoutReset() {
    HistogramEncoder integers = new HistogramEncoder();
    FloatHistogramEncoder floats = new FloatHistogramEncoder();
    assertThat(integers.headerAfterFull(HistogramFit.APPENDS))
        .isEqualTo(CounterResetHeader.NOT_RESET);
    assertThat(floats.headerAfterFull(HistogramFit.APPENDS))
        .isEqualTo(CounterResetHeader.NOT_RESET);
    // Prometheus does not tell the two cases apart for floats.
    assertThat(integers.headerAfterFull(HistogramFit.UNKNOWN))
        .isEqualTo(CounterResetHeader.UNKNOWN);
    assertThat(floats.headerAfterFull(HistogramFit.UNKNOWN))
        .isEqualTo(CounterResetHeader.NOT_RESET);
    assertThat(integers.headerAfterFull(HistogramFit.RESET)).isEqualTo(CounterResetHeader.RESET);
    assertThat(floats.headerAfterFull(HistogramFit.RESET)).isEqualTo(CounterResetHeader.RESET);
  }

  @Test
  void countsBeyondThePrecisionOfFloatsAreComparedExactly() {
    HistogramEncoder encoder = new HistogramEncoder();
    long large = (1L << 53) + 1;
    encoder.add(0, counter(new int[] {0, 2}, large, 1));
    assertThat(encoder.fit(counter(new int[] {0, 2}, large - 1, 2))).isEqualTo(HistogramFit.RESET);
  }
}
