package io.narthex.tsdb.wal;

import io.narthex.model.labels.Labels;
import io.narthex.model.metadata.MetricMetadata;
import io.narthex.model.metadata.MetricType;
import io.narthex.model.value.Exemplar;
import io.narthex.tsdb.encoding.ByteReader;
import io.narthex.tsdb.encoding.DecodeException;
import io.narthex.tsdb.encoding.StringPool;

/**
 * Takes records apart. Reusable, one thread at a time; equal label names and values come as the
 * same string.
 */
public final class RecordDecoder {
  private static final MetricType[] METRIC_TYPES = MetricType.values();

  private final ByteReader in = new ByteReader();
  private final StringPool strings;
  private final StartTimeItems items = new StartTimeItems();

  public RecordDecoder() {
    this(new StringPool());
  }

  /** With a pool that is shared with others of the same thread. */
  public RecordDecoder(StringPool strings) {
    this.strings = strings;
  }

  /**
   * Hands a record's items to the visitor. Samples come as primitives, nothing is allocated for
   * them.
   *
   * @throws DecodeException where the record does not follow its format; items before the fault
   *     have been handed over
   */
  public void decode(byte[] bytes, int offset, int length, RecordVisitor visitor) {
    if (length == 0) {
      return;
    }
    in.reset(bytes, offset, length);
    int code = in.u8();
    switch (RecordType.of(code)) {
      case SERIES -> series(visitor);
      case SAMPLES -> samples(visitor);
      case TOMBSTONES -> tombstones(visitor);
      case EXEMPLARS -> exemplars(visitor::exemplar);
      case MMAP_MARKERS -> mmapMarkers(visitor);
      case METADATA -> metadata(visitor);
      case HISTOGRAMS, CUSTOM_BUCKET_HISTOGRAMS -> histograms(visitor);
      case FLOAT_HISTOGRAMS, CUSTOM_BUCKET_FLOAT_HISTOGRAMS -> floatHistograms(visitor);
      case SAMPLES_V2, HISTOGRAMS_V2, FLOAT_HISTOGRAMS_V2 ->
          startTimeItems(RecordType.of(code), visitor);
      case UNKNOWN -> visitor.unknown(code);
    }
  }

  /** Takes exemplars. */
  public interface ExemplarVisitor {
    void exemplar(long ref, Exemplar exemplar);
  }

  /** Hands over the rest of a reader as the body of a record of exemplars. */
  public void exemplars(ByteReader body, ExemplarVisitor visitor) {
    in.reset(body.array(), body.position(), body.remaining());
    exemplars(visitor);
  }

  public static RecordType type(byte[] bytes, int offset, int length) {
    return length == 0 ? RecordType.UNKNOWN : RecordType.of(bytes[offset]);
  }

  private void series(RecordVisitor visitor) {
    while (in.hasRemaining()) {
      long ref = in.u64();
      visitor.series(ref, labels());
    }
  }

  private Labels labels() {
    int n = in.count();
    String[] pairs = new String[2 * n];
    boolean sorted = true;
    for (int i = 0; i < 2 * n; i++) {
      pairs[i] = strings.read(in);
      if (i >= 2 && (i & 1) == 0) {
        sorted &= pairs[i - 2].compareTo(pairs[i]) < 0;
      }
    }
    return sorted ? Labels.ofSorted(pairs) : Labels.of(pairs);
  }

  private void samples(RecordVisitor visitor) {
    if (!in.hasRemaining()) {
      return;
    }
    long baseRef = in.u64();
    long baseTime = in.u64();
    while (in.hasRemaining()) {
      long ref = baseRef + in.varint();
      long time = baseTime + in.varint();
      visitor.sample(ref, time, in.f64());
    }
  }

  private void tombstones(RecordVisitor visitor) {
    while (in.hasRemaining()) {
      long ref = in.u64();
      long mint = in.varint();
      visitor.tombstone(ref, mint, in.varint());
    }
  }

  private void exemplars(ExemplarVisitor visitor) {
    if (!in.hasRemaining()) {
      return;
    }
    long baseRef = in.u64();
    long baseTime = in.u64();
    while (in.hasRemaining()) {
      long ref = baseRef + in.varint();
      long time = baseTime + in.varint();
      double value = in.f64();
      // The log does not say whether the time was the exemplar's own.
      visitor.exemplar(ref, new Exemplar(labels(), value, time, false));
    }
  }

  private void mmapMarkers(RecordVisitor visitor) {
    while (in.hasRemaining()) {
      long ref = in.u64();
      visitor.mmapMarker(ref, in.u64());
    }
  }

  /** Fields other than unit and help are passed over: later versions may add some. */
  private void metadata(RecordVisitor visitor) {
    while (in.hasRemaining()) {
      long ref = in.uvarint();
      int type = in.u8();
      String unit = "";
      String help = "";
      for (int fields = in.count(); fields > 0; fields--) {
        String name = in.string();
        String value = in.string();
        switch (name) {
          case "UNIT" -> unit = value;
          case "HELP" -> help = value;
          default -> {}
        }
      }
      MetricType known = type < METRIC_TYPES.length ? METRIC_TYPES[type] : MetricType.UNKNOWN;
      visitor.metadata(ref, new MetricMetadata(known, unit, help));
    }
  }

  private void histograms(RecordVisitor visitor) {
    if (!in.hasRemaining()) {
      return;
    }
    long baseRef = in.u64();
    long baseTime = in.u64();
    while (in.hasRemaining()) {
      long ref = baseRef + in.varint();
      long time = baseTime + in.varint();
      visitor.histogram(ref, time, HistogramBytes.read(in));
    }
  }

  private void floatHistograms(RecordVisitor visitor) {
    if (!in.hasRemaining()) {
      return;
    }
    long baseRef = in.u64();
    long baseTime = in.u64();
    while (in.hasRemaining()) {
      long ref = baseRef + in.varint();
      long time = baseTime + in.varint();
      visitor.floatHistogram(ref, time, HistogramBytes.readFloat(in));
    }
  }

  private void startTimeItems(RecordType type, RecordVisitor visitor) {
    items.begin();
    while (in.hasRemaining()) {
      items.read(in);
      long ref = items.ref();
      long time = items.timestampMillis();
      long start = items.startMillis();
      switch (type) {
        case SAMPLES_V2 -> visitor.sample(ref, time, in.f64(), start);
        case HISTOGRAMS_V2 -> visitor.histogram(ref, time, HistogramBytes.read(in), start);
        case FLOAT_HISTOGRAMS_V2 ->
            visitor.floatHistogram(ref, time, HistogramBytes.readFloat(in), start);
        default -> throw new IllegalStateException("BUG: " + type + " has no start times");
      }
    }
  }
}
