package io.narthex.tsdb.wal;

import io.narthex.tsdb.encoding.ByteReader;
import io.narthex.tsdb.encoding.DecodeException;

/**
 * Records of version 2, whose items carry start timestamps: the first item's reference, time and
 * start time as varints, later references relative to the one before, later times relative to the
 * first, start times behind a marker. The start times themselves are not kept.
 */
final class StartTimeRecords {
  private static final int NONE = 0;
  private static final int SAME = 1;
  private static final int EXPLICIT = 2;

  private StartTimeRecords() {}

  static void decode(RecordType type, ByteReader in, RecordVisitor visitor) {
    if (!in.hasRemaining()) {
      return;
    }
    long ref = in.varint();
    long firstTime = in.varint();
    in.varint();
    item(type, ref, firstTime, in, visitor);
    while (in.hasRemaining()) {
      ref += in.varint();
      long time = firstTime + in.varint();
      skipStartTime(in);
      item(type, ref, time, in, visitor);
    }
  }

  private static void skipStartTime(ByteReader in) {
    int marker = in.u8();
    switch (marker) {
      case NONE, SAME -> {}
      case EXPLICIT -> in.varint();
      default -> throw new DecodeException("invalid start time marker " + marker);
    }
  }

  private static void item(
      RecordType type, long ref, long time, ByteReader in, RecordVisitor visitor) {
    switch (type) {
      case SAMPLES_V2 -> visitor.sample(ref, time, in.f64());
      case HISTOGRAMS_V2 -> visitor.histogram(ref, time, HistogramBytes.read(in));
      case FLOAT_HISTOGRAMS_V2 -> visitor.floatHistogram(ref, time, HistogramBytes.readFloat(in));
      default -> throw new IllegalStateException("BUG: " + type + " has no start times");
    }
  }
}
