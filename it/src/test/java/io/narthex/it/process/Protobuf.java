package io.narthex.it.process;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Writes the fields of one message; written apart from the server's reader. */
final class Protobuf {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  byte[] bytes() {
    return out.toByteArray();
  }

  Protobuf bytes(int field, byte[] content) {
    raw((long) field << 3 | 2);
    raw(content.length);
    out.writeBytes(content);
    return this;
  }

  Protobuf message(int field, Protobuf message) {
    return bytes(field, message.bytes());
  }

  Protobuf text(int field, String text) {
    return bytes(field, text.getBytes(StandardCharsets.UTF_8));
  }

  Protobuf varint(int field, long value) {
    raw((long) field << 3);
    raw(value);
    return this;
  }

  Protobuf zigzag(int field, long value) {
    return varint(field, value << 1 ^ value >> 63);
  }

  Protobuf fixed(int field, double value) {
    raw((long) field << 3 | 1);
    fixed(value);
    return this;
  }

  /** Without a field number: an element of a packed list. */
  void raw(long value) {
    long rest = value;
    while ((rest & ~0x7fL) != 0) {
      out.write((int) (rest & 0x7f) | 0x80);
      rest >>>= 7;
    }
    out.write((int) rest);
  }

  /** Without a field number: an element of a packed list. */
  void fixed(double value) {
    long bits = Double.doubleToRawLongBits(value);
    for (int i = 0; i < 8; i++) {
      out.write((int) (bits >>> (8 * i)));
    }
  }
}
