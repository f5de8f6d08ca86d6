package io.narthex.tsdb.head;

import io.narthex.model.histogram.FloatHistogram;
import io.narthex.model.histogram.Histogram;

/** A native histogram at a time of a series. */
sealed interface HistogramSample {
  long ref();

  long timestampMillis();

  double sum();

  FloatHistogram asFloat();

  int buckets();

  boolean usesCustomBuckets();

  HistogramSample withRef(long newRef);

  /** Whether kind, time and histogram are the same, NaNs by their bits. */
  default boolean sameAs(HistogramSample that) {
    return switch (this) {
      case OfIntegers a ->
          that instanceof OfIntegers b
              && a.timestampMillis == b.timestampMillis
              && HistogramEquality.same(a.histogram, b.histogram);
      case OfFloats a ->
          that instanceof OfFloats b
              && a.timestampMillis == b.timestampMillis
              && HistogramEquality.same(a.histogram, b.histogram);
    };
  }

  /** With integer counts. */
  record OfIntegers(long ref, long timestampMillis, Histogram histogram)
      implements HistogramSample {
    @Override
    public double sum() {
      return histogram.sum();
    }

    @Override
    public FloatHistogram asFloat() {
      return histogram.toFloat();
    }

    @Override
    public int buckets() {
      return histogram.positiveDeltas().length + histogram.negativeDeltas().length;
    }

    @Override
    public boolean usesCustomBuckets() {
      return histogram.schema() == FloatHistogram.CUSTOM_BUCKETS_SCHEMA;
    }

    @Override
    public HistogramSample withRef(long newRef) {
      return new OfIntegers(newRef, timestampMillis, histogram);
    }
  }

  /** With float counts. */
  record OfFloats(long ref, long timestampMillis, FloatHistogram histogram)
      implements HistogramSample {
    @Override
    public double sum() {
      return histogram.sum();
    }

    @Override
    public FloatHistogram asFloat() {
      return histogram;
    }

    @Override
    public int buckets() {
      return histogram.positiveCounts().length + histogram.negativeCounts().length;
    }

    @Override
    public boolean usesCustomBuckets() {
      return histogram.usesCustomBuckets();
    }

    @Override
    public HistogramSample withRef(long newRef) {
      return new OfFloats(newRef, timestampMillis, histogram);
    }
  }
}
