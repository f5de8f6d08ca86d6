package io.narthex.tsdb.head;

import io.narthex.tsdb.encoding.ByteWriter;
import io.narthex.tsdb.wal.RecordEncoder;
import io.narthex.tsdb.wal.RecordType;
import java.util.List;

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

    void add(HistogramSample sample) {
      if (out.isEmpty()) {
        baseRef = sample.ref();
        baseTime = sample.timestampMillis();
        RecordEncoder.beginRelative(out, type, baseRef, baseTime);
      }
      long t = sample.timestampMillis();
      switch (sample) {
        case HistogramSample.OfIntegers s ->
            RecordEncoder.histogram(out, baseRef, baseTime, s.ref(), t, s.histogram());
        case HistogramSample.OfFloats s ->
            RecordEncoder.histogram(out, baseRef, baseTime, s.ref(), t, s.histogram());
      }
    }
  }

  void encode(List<HistogramSample> samples) {
    integers.out.clear();
    customIntegers.out.clear();
    floats.out.clear();
    customFloats.out.clear();
    for (int i = 0; i < samples.size(); i++) {
      HistogramSample sample = samples.get(i);
      kind(sample).add(sample);
    }
  }

  private Kind kind(HistogramSample sample) {
    boolean custom = sample.usesCustomBuckets();
    return switch (sample) {
      case HistogramSample.OfIntegers _ -> custom ? customIntegers : integers;
      case HistogramSample.OfFloats _ -> custom ? customFloats : floats;
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
