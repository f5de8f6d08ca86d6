package io.narthex.tsdb.wal;

import io.narthex.model.histogram.FloatHistogram;
import io.narthex.model.histogram.Histogram;
import io.narthex.model.labels.Labels;
import io.narthex.model.metadata.MetricMetadata;
import io.narthex.model.value.Exemplar;

/** Takes what records hold, item by item, in the order of the log. */
public interface RecordVisitor {
  void series(long ref, Labels labels);

  void sample(long ref, long timestampMillis, double value);

  /** Samples of the series from {@code mint} to {@code maxt}, both included, are deleted. */
  void tombstone(long ref, long mint, long maxt);

  void exemplar(long ref, Exemplar exemplar);

  /** All out-of-order samples of the series so far are in the head chunk file. */
  void mmapMarker(long ref, long chunkRef);

  void metadata(long ref, MetricMetadata metadata);

  void histogram(long ref, long timestampMillis, Histogram histogram);

  void floatHistogram(long ref, long timestampMillis, FloatHistogram histogram);

  /**
   * A sample of a record that has start times.
   *
   * @param startMillis since when it counts, 0 where not known
   */
  default void sample(long ref, long timestampMillis, double value, long startMillis) {
    sample(ref, timestampMillis, value);
  }

  /** A histogram of a record that has start times. */
  default void histogram(long ref, long timestampMillis, Histogram histogram, long startMillis) {
    histogram(ref, timestampMillis, histogram);
  }

  /** A float histogram of a record that has start times. */
  default void floatHistogram(
      long ref, long timestampMillis, FloatHistogram histogram, long startMillis) {
    floatHistogram(ref, timestampMillis, histogram);
  }

  /** A record of a type that this version does not know; to be counted and passed over. */
  void unknown(int type);
}
