package io.narthex.remote.write;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Writes protobuf messages, plainly. */
final class ProtoWriter {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  ProtoWriter varint(int field, long value) {
    raw((long) field << 3);
    raw(value);
    return this;
  }

  ProtoWriter zigzag(int field, long value) {
    return varint(field, value << 1 ^ value >> 63);
  }

  ProtoWriter fixed64(int field, double value) {
    raw((long) field << 3 | 1);
    long bits = Double.doubleToRawLongBits(value);
    for (int i = 0; i < 8; i++) {
      out.write((int) (bits >>> 8 * i));
    }
    return this;
  }

  ProtoWriter bytes(int field, byte[] value) {
    raw((long) field << 3 | 2);
    raw(value.length);
    out.writeBytes(value);
    return this;
  }

  ProtoWriter text(int field, String value) {
    return bytes(field, value.getBytes(StandardCharsets.UTF_8));
  }

  ProtoWriter message(int field, ProtoWriter nested) {
    return bytes(field, nested.toByteArray());
  }

  ProtoWriter packed(int field, long... values) {
    ProtoWriter nested = new ProtoWriter();
    for (long value : values) {
      nested.raw(value);
    }
    return message(field, nested);
  }

  ProtoWriter label(String name, String value) {
    return message(1, new ProtoWriter().text(1, name).text(2, value));
  }

  ProtoWriter sample(long timestamp, double value) {
    return message(2, new ProtoWriter().fixed64(1, value).varint(2, timestamp));
  }

  private void raw(long value) {
    long rest = value;
    while ((rest & ~0x7fL) != 0) {
      out.write((int) (rest & 0x7f | 0x80));
      rest >>>= 7;
    }
    out.write((int) rest);
  }

  byte[] toByteArray() {
    return out.toByteArray();
  }
}
