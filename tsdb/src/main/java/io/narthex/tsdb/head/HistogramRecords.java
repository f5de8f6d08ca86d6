package io.narthex.tsdb.head;

import io.narthex.model.histogram.FloatHistogram;
import io.narthex.model.histogram.Histogram;
import io.narthex.model.histogram.NativeHistogram;
import io.narthex.tsdb.encoding.ByteWriter;
import io.narthex.tsdb.wal.HistogramBytes;
import io.narthex.tsdb.wal.RecordEncoder;
import io.narthex.tsdb.wal.RecordType;
import io.narthex.tsdb.wal.StartTimeItems;

/** Encodes the histogram samples of a batch: one record for each kind, empty where it has none. */
final class HistogramRecords {
  private final Kind integers = new Kind(RecordType.HISTOGRAMS);
  private final Kind customIntegers = new Kind(RecordType.CUSTOM_BUCKET_HISTOGRAMS);
  private final Kind floats = new Kind(RecordType.FLOAT_HISTOGRAMS);
  private final Kind customFloats = new Kind(RecordType.CUSTOM_BUCKET_FLOAT_HISTOGRAMS);

  private final StartKind withStarts = new StartKind(RecordType.HISTOGRAMS_V2);
  private final StartKind floatsWithStarts = new StartKind(RecordType.FLOAT_HISTOGRAMS_V2);

  /** A kind of record with start times; it has histograms with and without custom buckets. */
  private static final class StartKind {
    final ByteWriter out = new ByteWriter(16);
    private final RecordType type;
    private final StartTimeItems items = new StartTimeItems();

    StartKind(RecordType type) {
      this.type = type;
    }

    void add(long ref, long t, NativeHistogram h, long start) {
      if (out.isEmpty()) {
        items.begin(out, type);
      }
      items.write(out, ref, t, start);
      switch (h) {
        case Histogram integers -> HistogramBytes.write(out, integers);
        case FloatHistogram floats -> HistogramBytes.write(out, floats);
      }
    }
  }

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

  /**
   * Encodes the samples from one place to another, excluded.
   *
   * @param starts whether to write records with start times
   */
  void encode(HistogramColumns samples, int from, int to, boolean starts) {
    integers.out.clear();
    customIntegers.out.clear();
    floats.out.clear();
    customFloats.out.clear();
    withStarts.out.clear();
    floatsWithStarts.out.clear();
    for (int i = from; i < to; i++) {
      NativeHistogram h = samples.value(i);
      if (starts) {
        StartKind kind = h instanceof Histogram ? withStarts : floatsWithStarts;
        kind.add(samples.refs[i], samples.times[i], h, samples.starts[i]);
      } else {
        kind(h).add(samples.refs[i], samples.times[i], h);
      }
    }
  }

  private Kind kind(NativeHistogram h) {
    boolean custom = h.usesCustomBuckets();
    return switch (h) {
      case Histogram _ -> custom ? customIntegers : integers;
      case FloatHistogram _ -> custom ? customFloats : floats;
    };
  }

  /** Records of integer histograms, with or without start times. */
  ByteWriter integers() {
    return integers.out.isEmpty() ? withStarts.out : integers.out;
  }

  ByteWriter customIntegers() {
    return customIntegers.out;
  }

  /** Records of float histograms, with or without start times. */
  ByteWriter floats() {
    return floats.out.isEmpty() ? floatsWithStarts.out : floats.out;
  }

  ByteWriter customFloats() {
    return customFloats.out;
  }
}
