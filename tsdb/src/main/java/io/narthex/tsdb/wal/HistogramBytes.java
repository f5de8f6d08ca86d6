package io.narthex.tsdb.wal;

import io.narthex.model.histogram.CounterResetHint;
import io.narthex.model.histogram.FloatHistogram;
import io.narthex.model.histogram.Histogram;
import io.narthex.model.histogram.HistogramResolution;
import io.narthex.tsdb.encoding.ByteReader;
import io.narthex.tsdb.encoding.ByteWriter;

/**
 * Native histograms as records hold them: hint 1 byte, schema varint, zero threshold 8, zero count
 * and count uvarint (float: 8 each), sum 8, positive and negative spans (number; offset varint,
 * length uvarint each), positive and negative buckets (number; varint deltas, float: 8 absolute),
 * and for custom buckets their bounds (number; 8 each).
 */
public final class HistogramBytes {
  private static final CounterResetHint[] HINTS = CounterResetHint.values();
  private static final double[] NO_BOUNDS = new double[0];

  private HistogramBytes() {}

  public static Histogram read(ByteReader in) {
    CounterResetHint hint = hint(in);
    int schema = (int) in.varint();
    double zeroThreshold = in.f64();
    long zeroCount = in.uvarint();
    long count = in.uvarint();
    double sum = in.f64();
    int[] positiveSpans = spans(in);
    int[] negativeSpans = spans(in);
    long[] positive = deltas(in);
    long[] negative = deltas(in);
    double[] bounds = bounds(in, schema);
    return HistogramResolution.bounded(
        new Histogram(
            hint,
            schema,
            zeroThreshold,
            zeroCount,
            count,
            sum,
            positiveSpans,
            positive,
            negativeSpans,
            negative,
            bounds));
  }

  public static FloatHistogram readFloat(ByteReader in) {
    CounterResetHint hint = hint(in);
    int schema = (int) in.varint();
    double zeroThreshold = in.f64();
    double zeroCount = in.f64();
    double count = in.f64();
    double sum = in.f64();
    int[] positiveSpans = spans(in);
    int[] negativeSpans = spans(in);
    double[] positive = doubles(in);
    double[] negative = doubles(in);
    double[] bounds = bounds(in, schema);
    return HistogramResolution.bounded(
        new FloatHistogram(
            hint,
            schema,
            zeroThreshold,
            zeroCount,
            count,
            sum,
            positiveSpans,
            positive,
            negativeSpans,
            negative,
            bounds));
  }

  public static void write(ByteWriter out, Histogram h) {
    out.u8(h.counterResetHint().ordinal());
    out.varint(h.schema());
    out.f64(h.zeroThreshold());
    out.uvarint(h.zeroCount());
    out.uvarint(h.count());
    out.f64(h.sum());
    writeSpans(out, h.positiveSpans());
    writeSpans(out, h.negativeSpans());
    writeDeltas(out, h.positiveDeltas());
    writeDeltas(out, h.negativeDeltas());
    writeBounds(out, h.schema(), h.customValues());
  }

  public static void write(ByteWriter out, FloatHistogram h) {
    out.u8(h.counterResetHint().ordinal());
    out.varint(h.schema());
    out.f64(h.zeroThreshold());
    out.f64(h.zeroCount());
    out.f64(h.count());
    out.f64(h.sum());
    writeSpans(out, h.positiveSpans());
    writeSpans(out, h.negativeSpans());
    writeDoubles(out, h.positiveCounts());
    writeDoubles(out, h.negativeCounts());
    writeBounds(out, h.schema(), h.customValues());
  }

  private static CounterResetHint hint(ByteReader in) {
    int code = in.u8();
    return code < HINTS.length ? HINTS[code] : CounterResetHint.UNKNOWN;
  }

  private static int[] spans(ByteReader in) {
    int n = in.count();
    int[] spans = new int[2 * n];
    for (int i = 0; i < 2 * n; i += 2) {
      spans[i] = (int) in.varint();
      spans[i + 1] = (int) in.uvarint();
    }
    return spans;
  }

  private static void writeSpans(ByteWriter out, int[] spans) {
    out.uvarint(spans.length / 2);
    for (int i = 0; i < spans.length; i += 2) {
      out.varint(spans[i]);
      out.uvarint(spans[i + 1]);
    }
  }

  private static long[] deltas(ByteReader in) {
    long[] deltas = new long[in.count()];
    for (int i = 0; i < deltas.length; i++) {
      deltas[i] = in.varint();
    }
    return deltas;
  }

  private static void writeDeltas(ByteWriter out, long[] deltas) {
    out.uvarint(deltas.length);
    for (long delta : deltas) {
      out.varint(delta);
    }
  }

  private static double[] doubles(ByteReader in) {
    double[] values = new double[in.count()];
    for (int i = 0; i < values.length; i++) {
      values[i] = in.f64();
    }
    return values;
  }

  private static void writeDoubles(ByteWriter out, double[] values) {
    out.uvarint(values.length);
    for (double value : values) {
      out.f64(value);
    }
  }

  private static double[] bounds(ByteReader in, int schema) {
    return schema == FloatHistogram.CUSTOM_BUCKETS_SCHEMA ? doubles(in) : NO_BOUNDS;
  }

  private static void writeBounds(ByteWriter out, int schema, double[] bounds) {
    if (schema == FloatHistogram.CUSTOM_BUCKETS_SCHEMA) {
      writeDoubles(out, bounds);
    }
  }
}
