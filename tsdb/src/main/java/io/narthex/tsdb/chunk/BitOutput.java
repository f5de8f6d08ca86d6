package io.narthex.tsdb.chunk;

import io.narthex.tsdb.encoding.ByteWriter;

/** Appends bits to a chunk; the last byte is filled up with zeros. */
final class BitOutput {
  /** No item takes more bytes, whatever the bit it starts at. */
  private static final int MAX_ITEM_BYTES = 12;

  private final ByteWriter out;
  private long position;

  BitOutput(int capacityBytes) {
    out = new ByteWriter(capacityBytes);
  }

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
    reserve();
    moveTo(BitWriter.put(out.array(), position, value, count));
  }

  /** A signed varbit integer. */
  void varbit(long value) {
    reserve();
    moveTo(BitWriter.varbit(out.array(), position, value));
  }

  /** An unsigned varbit integer. */
  void unsignedVarbit(long value) {
    reserve();
    moveTo(BitWriter.unsignedVarbit(out.array(), position, value));
  }

  /** A start time, as {@link StartTimeBits#put}. */
  void startTime(int header, int index, long distance, long distanceBefore) {
    reserve();
    moveTo(StartTimeBits.put(out.array(), position, header, index, distance, distanceBefore));
  }

  private void reserve() {
    out.reserve(MAX_ITEM_BYTES);
  }

  private void moveTo(long newPosition) {
    position = newPosition;
    out.length((int) ((newPosition + 7) >>> 3));
  }
}
