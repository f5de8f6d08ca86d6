package io.narthex.tsdb.head;

import io.narthex.model.histogram.FloatHistogram;
import io.narthex.model.histogram.Histogram;
import io.narthex.model.histogram.NativeHistogram;
import io.narthex.tsdb.encoding.ByteWriter;
import io.narthex.tsdb.wal.RecordEncoder;
import io.narthex.tsdb.wal.RecordType;

/** Encodes the histogram samples of a batch: one record for each kind, empty where it has none. */
final class HistogramRecords {
  private final Kind integers = new Kind(RecordType.HISTOGRAMS);
  private final Kind customIntegers = new Kind(RecordType.CUSTOM_BUCKET_HISTOGRAMS);
  private final Kind floats = new Kind(RecordType.FLOAT_HISTOGRAMS);
  private final Kind customFloats = new Kind(RecordType.CUSTOM_BUCKET_FLOAT_HISTOGRAMS);

  private static final class Kind {
    final ByteWriter out = new ByteWriter(16);
    private final RecordType type;
    private long baseRef;
    private long baseTime;

    Kind(RecordType type) {
      this.type = type;
    }

    void add(long ref, long t, NativeHistogram h) {
      if (out.isEmpty()) {
        baseRef = ref;
        baseTime = t;
        RecordEncoder.beginRelative(out, type, baseRef, baseTime);
      }
      switch (h) {
        case Histogram integers ->
            RecordEncoder.histogram(out, baseRef, baseTime, ref, t, integers);
        case FloatHistogram floats ->
            RecordEncoder.histogram(out, baseRef, baseTime, ref, t, floats);
      }
    }
  }

  /** Encodes the samples from one place to another, excluded. */
  void encode(HistogramColumns samples, int from, int to) {
    integers.out.clear();
    customIntegers.out.clear();
    floats.out.clear();
    customFloats.out.clear();
    for (int i = from; i < to; i++) {
      NativeHistogram h = samples.value(i);
      kind(h).add(samples.refs[i], samples.times[i], h);
    }
  }

  private Kind kind(NativeHistogram h) {
    boolean custom = h.usesCustomBuckets();
    return switch (h) {
      case Histogram _ -> custom ? customIntegers : integers;
      case FloatHistogram _ -> custom ? customFloats : floats;
    };
  }

  ByteWriter integers() {
    return integers.out;
  }

  ByteWriter customIntegers() {
    return customIntegers.out;
  }

  ByteWriter floats() {
    return floats.out;
  }

  ByteWriter customFloats() {
    return customFloats.out;
  }
}
