package io.narthex.tsdb.wal;

import io.narthex.tsdb.encoding.ByteReader;
import io.narthex.tsdb.encoding.ByteWriter;
import io.narthex.tsdb.encoding.DecodeException;

/**
 * What stands before each value of the records of version 2, whose items carry start times. The
 * first item has its reference, time and start time as varints; a later one its reference relative
 * to the item before, its time relative to the first, and its start time behind a marker. An
 * instance writes or reads one record after the other.
 */
public final class StartTimeItems {
  private static final int NONE = 0;
  private static final int SAME = 1;
  private static final int EXPLICIT = 2;

  private boolean first = true;
  private long firstTime;
  private long firstStart;
  private long ref;
  private long time;
  private long start;

  /** Clears the writer and starts a record. */
  public void begin(ByteWriter out, RecordType type) {
    RecordEncoder.begin(out, type);
    first = true;
  }

  /**
   * Writes all of an item but its value, which follows.
   *
   * @param newStart since when the sample counts, 0 where not known
   */
  public void write(ByteWriter out, long newRef, long newTime, long newStart) {
    if (first) {
      first = false;
      firstTime = newTime;
      firstStart = newStart;
      out.varint(newRef);
      out.varint(newTime);
      out.varint(newStart);
    } else {
      out.varint(newRef - ref);
      out.varint(newTime - firstTime);
      writeStart(out, newStart);
    }
    ref = newRef;
    start = newStart;
  }

  private void writeStart(ByteWriter out, long newStart) {
    if (newStart == 0) {
      out.u8(NONE);
    } else if (newStart == start) {
      out.u8(SAME);
    } else {
      out.u8(EXPLICIT);
      out.varint(newStart - firstStart);
    }
  }

  /**
   * Clears the writer and writes a record of float samples, at least one.
   *
   * @param starts by sample, empty where none has a start time
   */
  public void samples(
      ByteWriter out,
      long[] refs,
      long[] times,
      long[] starts,
      double[] values,
      int from,
      int count) {
    begin(out, RecordType.SAMPLES_V2);
    for (int i = from; i < from + count; i++) {
      write(out, refs[i], times[i], starts.length == 0 ? 0 : starts[i]);
      out.f64(values[i]);
    }
  }

  /** Starts reading a record, from behind its type. */
  void begin() {
    first = true;
  }

  /** Reads all of an item but its value. */
  void read(ByteReader in) {
    if (first) {
      first = false;
      ref = in.varint();
      firstTime = in.varint();
      time = firstTime;
      firstStart = in.varint();
      start = firstStart;
    } else {
      ref += in.varint();
      time = firstTime + in.varint();
      readStart(in);
    }
  }

  private void readStart(ByteReader in) {
    int marker = in.u8();
    switch (marker) {
      case NONE -> start = 0;
      case SAME -> {}
      case EXPLICIT -> start = firstStart + in.varint();
      default -> throw new DecodeException("invalid start time marker " + marker);
    }
  }

  long ref() {
    return ref;
  }

  long timestampMillis() {
    return time;
  }

  long startMillis() {
    return start;
  }
}
