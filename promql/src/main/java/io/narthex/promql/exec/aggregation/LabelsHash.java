package io.narthex.promql.exec.aggregation;

import io.narthex.model.labels.Labels;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Prometheus' own hash of a label set: XXH64 over names and values, each preceded by its length.
 * {@code limit_ratio} chooses by it, so that either server chooses the same series.
 */
final class LabelsHash {
  private static final long P1 = 0x9E3779B185EBCA87L;
  private static final long P2 = 0xC2B2AE3D27D4EB4FL;
  private static final long P3 = 0x165667B19E3779F9L;
  private static final long P4 = 0x85EBCA77C2B2AE63L;
  private static final long P5 = 0x27D4EB2F165667C5L;

  /** P1 + P2, beyond 64 bits. */
  private static final long SUM = 0x60EA27EEADC0B5D6L;

  private LabelsHash() {}

  static long of(Labels labels) {
    int size = 0;
    byte[][] parts = new byte[2 * labels.size()][];
    for (int i = 0; i < labels.size(); i++) {
      parts[2 * i] = labels.name(i).getBytes(StandardCharsets.UTF_8);
      parts[2 * i + 1] = labels.value(i).getBytes(StandardCharsets.UTF_8);
      size += parts[2 * i].length + parts[2 * i + 1].length + 8;
    }
    ByteBuffer data = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    for (byte[] part : parts) {
      if (part.length < 255) {
        data.put((byte) part.length);
      } else {
        data.putInt(part.length << 8 | 255);
      }
      data.put(part);
    }
    return hash(data.flip());
  }

  /** XXH64 with seed 0 over the buffer's remaining bytes, which are little-endian. */
  static long hash(ByteBuffer data) {
    int length = data.remaining();
    long h = length >= 32 ? stripes(data) : P5;
    h += length;
    while (data.remaining() >= 8) {
      h ^= round(0, data.getLong());
      h = Long.rotateLeft(h, 27) * P1 + P4;
    }
    if (data.remaining() >= 4) {
      h ^= (data.getInt() & 0xFFFFFFFFL) * P1;
      h = Long.rotateLeft(h, 23) * P2 + P3;
    }
    while (data.hasRemaining()) {
      h ^= (data.get() & 0xFF) * P5;
      h = Long.rotateLeft(h, 11) * P1;
    }
    h = (h ^ h >>> 33) * P2;
    h = (h ^ h >>> 29) * P3;
    return h ^ h >>> 32;
  }

  private static long stripes(ByteBuffer data) {
    long v1 = SUM;
    long v2 = P2;
    long v3 = 0;
    long v4 = -P1;
    while (data.remaining() >= 32) {
      v1 = round(v1, data.getLong());
      v2 = round(v2, data.getLong());
      v3 = round(v3, data.getLong());
      v4 = round(v4, data.getLong());
    }
    long h =
        Long.rotateLeft(v1, 1)
            + Long.rotateLeft(v2, 7)
            + Long.rotateLeft(v3, 12)
            + Long.rotateLeft(v4, 18);
    h = merge(h, v1);
    h = merge(h, v2);
    h = merge(h, v3);
    return merge(h, v4);
  }

  private static long merge(long h, long v) {
    return (h ^ round(0, v)) * P1 + P4;
  }

  private static long round(long acc, long input) {
    return Long.rotateLeft(acc + input * P2, 31) * P1;
  }
}
