package io.narthex.tsdb.chunk;

import io.narthex.tsdb.encoding.ByteWriter;

/** Appends bits to a chunk; the last byte is filled up with zeros. */
final class BitOutput {
  private static final int[] VARBIT_WIDTHS = {3, 6, 9, 12, 18, 25, 56};

  private final ByteWriter out = new ByteWriter(1024);
  private long position;

  /** Starts again after so many zero bytes, the header. */
  void reset(int headerBytes) {
    out.clear();
    for (int i = 0; i < headerBytes; i++) {
      out.u8(0);
    }
    position = 8L * headerBytes;
  }

  ByteWriter bytes() {
    return out;
  }

  void put(long value, int count) {
    out.length((int) ((position + 7) >>> 3));
    out.reserve(10);
    position = BitWriter.put(out.array(), position, value, count);
    out.length((int) ((position + 7) >>> 3));
  }

  /** A signed varbit integer. */
  void varbit(long value) {
    if (value == 0) {
      put(0, 1);
      return;
    }
    for (int i = 0; i < VARBIT_WIDTHS.length; i++) {
      long half = 1L << (VARBIT_WIDTHS[i] - 1);
      if (value > -half && value <= half) {
        prefixed(i, value);
        return;
      }
    }
    put(0xFF, 8);
    put(value, 64);
  }

  /** An unsigned varbit integer. */
  void unsignedVarbit(long value) {
    if (value == 0) {
      put(0, 1);
      return;
    }
    for (int i = 0; i < VARBIT_WIDTHS.length; i++) {
      if (value >>> VARBIT_WIDTHS[i] == 0) {
        prefixed(i, value);
        return;
      }
    }
    put(0xFF, 8);
    put(value, 64);
  }

  /** As many ones as the width's place in the list, and one; a zero; the value. */
  private void prefixed(int place, long value) {
    put((1L << (place + 2)) - 2, place + 2);
    put(value, VARBIT_WIDTHS[place]);
  }
}
