package io.narthex.tsdb.chunk;

import io.narthex.model.histogram.FloatHistogram;
import io.narthex.model.histogram.NativeHistogram;
import io.narthex.tsdb.encoding.DecodeException;

/**
 * What all histograms of a chunk share. Bits: zero threshold (a byte: 0 for none, 1 to 254 for
 * powers of two, else 255 and 64 bits), schema, positive and negative spans (number; length and
 * offset each), and for custom buckets their bounds.
 */
record HistogramLayout(
    int schema,
    double zeroThreshold,
    int[] positiveSpans,
    int[] negativeSpans,
    double[] customValues) {
  private static final double[] NO_BOUNDS = new double[0];
  private static final int OTHER_THRESHOLD = 255;

  /** The exponent of the threshold that the byte 1 stands for. */
  private static final int SMALLEST_EXPONENT = -243;

  private static final int LARGEST_EXPONENT = 10;

  /** Bounds up to 33554.43 in thousandths fit four bytes. */
  private static final double MAX_THOUSANDTHS = 33_554_430;

  static final HistogramLayout EMPTY = new HistogramLayout(0, 0, new int[0], new int[0], NO_BOUNDS);

  static HistogramLayout of(NativeHistogram h) {
    return new HistogramLayout(
        h.schema(),
        h.zeroThreshold(),
        h.positiveSpans(),
        h.negativeSpans(),
        h.usesCustomBuckets() ? h.customValues() : NO_BOUNDS);
  }

  HistogramLayout withSpans(int[] positive, int[] negative) {
    return new HistogramLayout(schema, zeroThreshold, positive, negative, customValues);
  }

  static HistogramLayout read(BitReader in) {
    double threshold = readThreshold(in);
    int schema = (int) in.varbit();
    if (schema != FloatHistogram.CUSTOM_BUCKETS_SCHEMA && (schema < -9 || schema > 52)) {
      throw new DecodeException("unknown histogram schema " + schema);
    }
    int[] positive = readSpans(in);
    int[] negative = readSpans(in);
    double[] bounds = NO_BOUNDS;
    if (schema == FloatHistogram.CUSTOM_BUCKETS_SCHEMA) {
      bounds = new double[in.count()];
      for (int i = 0; i < bounds.length; i++) {
        long raw = in.unsignedVarbit();
        bounds[i] = raw == 0 ? Double.longBitsToDouble(in.bits(64)) : (raw - 1) / 1000.0;
      }
    }
    return new HistogramLayout(schema, threshold, positive, negative, bounds);
  }

  void write(BitOutput out) {
    writeThreshold(out);
    out.varbit(schema);
    writeSpans(out, positiveSpans);
    writeSpans(out, negativeSpans);
    if (schema == FloatHistogram.CUSTOM_BUCKETS_SCHEMA) {
      out.unsignedVarbit(customValues.length);
      for (double bound : customValues) {
        writeBound(out, bound);
      }
    }
  }

  private static double readThreshold(BitReader in) {
    int code = (int) in.bits(8);
    return switch (code) {
      case 0 -> 0;
      case OTHER_THRESHOLD -> Double.longBitsToDouble(in.bits(64));
      default -> Math.scalb(1.0, code - 1 + SMALLEST_EXPONENT);
    };
  }

  private void writeThreshold(BitOutput out) {
    if (zeroThreshold == 0) {
      out.put(0, 8);
      return;
    }
    int exponent = Math.getExponent(zeroThreshold);
    boolean powerOfTwo =
        exponent >= SMALLEST_EXPONENT
            && exponent <= LARGEST_EXPONENT
            && zeroThreshold == Math.scalb(1.0, exponent);
    if (powerOfTwo) {
      out.put(exponent - SMALLEST_EXPONENT + 1, 8);
    } else {
      out.put(OTHER_THRESHOLD, 8);
      out.put(Double.doubleToRawLongBits(zeroThreshold), 64);
    }
  }

  private static int[] readSpans(BitReader in) {
    int[] spans = new int[2 * in.count()];
    for (int i = 0; i < spans.length; i += 2) {
      spans[i + 1] = (int) in.unsignedVarbit();
      spans[i] = (int) in.varbit();
    }
    return spans;
  }

  private static void writeSpans(BitOutput out, int[] spans) {
    out.unsignedVarbit(spans.length / 2);
    for (int i = 0; i < spans.length; i += 2) {
      out.unsignedVarbit(spans[i + 1]);
      out.varbit(spans[i]);
    }
  }

  private static void writeBound(BitOutput out, double bound) {
    double thousandths = bound * 1000;
    boolean whole =
        thousandths >= 0
            && thousandths <= MAX_THOUSANDTHS
            && Math.rint(thousandths) / 1000 == bound;
    if (whole) {
      out.unsignedVarbit((long) Math.rint(thousandths) + 1);
    } else {
      out.put(0, 1);
      out.put(Double.doubleToRawLongBits(bound), 64);
    }
  }

  /** How many buckets spans have; refuses more than a chunk's remaining bits can hold. */
  static int buckets(int[] spans, BitReader in) {
    long sum = 0;
    for (int i = 1; i < spans.length; i += 2) {
      sum += spans[i] & 0xFFFFFFFFL;
    }
    if (sum > in.remaining()) {
      throw new DecodeException(
          "chunk announces " + sum + " buckets in " + in.remaining() + " bits");
    }
    return (int) sum;
  }
}
