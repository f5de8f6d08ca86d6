package io.narthex.remote.write;

import io.narthex.model.histogram.CounterResetHint;
import io.narthex.model.histogram.FloatHistogram;
import io.narthex.model.histogram.Histogram;
import io.narthex.remote.codec.WireReader;
import java.util.Arrays;

/** Reads native histogram samples, whose messages are the same in both protocols. */
final class HistogramDecoder {
  private static final int VARINT = WireReader.VARINT;
  private static final int FIXED64 = WireReader.FIXED64;
  private static final int BYTES = WireReader.BYTES;
  private static final CounterResetHint[] HINTS = CounterResetHint.values();

  private final LongList negativeSpans = new LongList();
  private final LongList positiveSpans = new LongList();
  private final LongList negativeDeltas = new LongList();
  private final LongList positiveDeltas = new LongList();
  private final DoubleList negativeCounts = new DoubleList();
  private final DoubleList positiveCounts = new DoubleList();
  private final DoubleList customValues = new DoubleList();
  private boolean floats;
  private long count;
  private double countFloat;
  private double sum;
  private int schema;
  private double zeroThreshold;
  private long zeroCount;
  private double zeroCountFloat;
  private int hint;
  private long timestamp;
  private long startTimestamp;

  /** Reads the message that the reader has entered. */
  void read(WireReader reader) {
    clear();
    while (reader.hasMore()) {
      int tag = reader.tag();
      switch (tag) {
        case 1 << 3 | VARINT -> {
          count = reader.varint();
          floats = false;
        }
        case 2 << 3 | FIXED64 -> {
          countFloat = reader.fixed64AsDouble();
          floats = true;
        }
        case 3 << 3 | FIXED64 -> sum = reader.fixed64AsDouble();
        case 4 << 3 | VARINT -> schema = (int) reader.zigzag();
        case 5 << 3 | FIXED64 -> zeroThreshold = reader.fixed64AsDouble();
        case 6 << 3 | VARINT -> zeroCount = reader.varint();
        case 7 << 3 | FIXED64 -> zeroCountFloat = reader.fixed64AsDouble();
        case 8 << 3 | BYTES -> span(reader, negativeSpans);
        case 9 << 3 | BYTES, 9 << 3 | VARINT -> deltas(reader, tag, negativeDeltas);
        case 10 << 3 | BYTES, 10 << 3 | FIXED64 -> doubles(reader, tag, negativeCounts);
        case 11 << 3 | BYTES -> span(reader, positiveSpans);
        case 12 << 3 | BYTES, 12 << 3 | VARINT -> deltas(reader, tag, positiveDeltas);
        case 13 << 3 | BYTES, 13 << 3 | FIXED64 -> doubles(reader, tag, positiveCounts);
        case 14 << 3 | VARINT -> hint = (int) reader.varint();
        case 15 << 3 | VARINT -> timestamp = reader.varint();
        case 16 << 3 | BYTES, 16 << 3 | FIXED64 -> doubles(reader, tag, customValues);
        case 17 << 3 | VARINT -> startTimestamp = reader.varint();
        default -> reader.skip(tag);
      }
    }
  }

  private void clear() {
    negativeSpans.size = 0;
    positiveSpans.size = 0;
    negativeDeltas.size = 0;
    positiveDeltas.size = 0;
    negativeCounts.size = 0;
    positiveCounts.size = 0;
    customValues.size = 0;
    floats = false;
    count = 0;
    countFloat = 0;
    sum = 0;
    schema = 0;
    zeroThreshold = 0;
    zeroCount = 0;
    zeroCountFloat = 0;
    hint = 0;
    timestamp = 0;
    startTimestamp = 0;
  }

  boolean isFloat() {
    return floats;
  }

  long timestamp() {
    return timestamp;
  }

  /** When the histogram started to count, 0 where not known; only in protocol 2. */
  long startTimestamp() {
    return startTimestamp;
  }

  Histogram histogram() {
    return new Histogram(
        resetHint(),
        schema,
        zeroThreshold,
        zeroCount,
        count,
        sum,
        positiveSpans.ints(),
        positiveDeltas.longs(),
        negativeSpans.ints(),
        negativeDeltas.longs(),
        customValues.doubles());
  }

  FloatHistogram floatHistogram() {
    return new FloatHistogram(
        resetHint(),
        schema,
        zeroThreshold,
        zeroCountFloat,
        countFloat,
        sum,
        positiveSpans.ints(),
        positiveCounts.doubles(),
        negativeSpans.ints(),
        negativeCounts.doubles(),
        customValues.doubles());
  }

  private CounterResetHint resetHint() {
    return hint >= 0 && hint < HINTS.length ? HINTS[hint] : CounterResetHint.UNKNOWN;
  }

  private static void span(WireReader reader, LongList into) {
    int outer = reader.enter();
    long offset = 0;
    long length = 0;
    while (reader.hasMore()) {
      int tag = reader.tag();
      switch (tag) {
        case 1 << 3 | VARINT -> offset = reader.zigzag();
        case 2 << 3 | VARINT -> length = reader.varint();
        default -> reader.skip(tag);
      }
    }
    reader.leave(outer);
    into.add((int) offset);
    into.add((int) length);
  }

  private static void deltas(WireReader reader, int tag, LongList into) {
    if ((tag & 7) == VARINT) {
      into.add(reader.zigzag());
      return;
    }
    int outer = reader.enter();
    while (reader.hasMore()) {
      into.add(reader.zigzag());
    }
    reader.leave(outer);
  }

  private static void doubles(WireReader reader, int tag, DoubleList into) {
    if ((tag & 7) == FIXED64) {
      into.add(reader.fixed64AsDouble());
      return;
    }
    int outer = reader.enter();
    while (reader.hasMore()) {
      into.add(reader.fixed64AsDouble());
    }
    reader.leave(outer);
  }

  private static final class LongList {
    long[] values = new long[32];
    int size;

    void add(long value) {
      if (size == values.length) {
        values = Arrays.copyOf(values, 2 * size);
      }
      values[size++] = value;
    }

    long[] longs() {
      return Arrays.copyOf(values, size);
    }

    int[] ints() {
      int[] ints = new int[size];
      for (int i = 0; i < size; i++) {
        ints[i] = (int) values[i];
      }
      return ints;
    }
  }

  private static final class DoubleList {
    double[] values = new double[32];
    int size;

    void add(double value) {
      if (size == values.length) {
        values = Arrays.copyOf(values, 2 * size);
      }
      values[size++] = value;
    }

    double[] doubles() {
      return Arrays.copyOf(values, size);
    }
  }
}
