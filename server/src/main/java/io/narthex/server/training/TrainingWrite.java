package io.narthex.server.training;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** A remote-write 1.0 request. Its snappy form is the simplest there is: literals only. */
final class TrainingWrite {
  private static final int LITERAL = 1 << 15;

  private TrainingWrite() {}

  /** One sample of each series from a number on. */
  static byte[] body(long timeMillis, int firstSeries, int count) {
    ByteArrayOutputStream message = new ByteArrayOutputStream();
    for (int i = firstSeries; i < firstSeries + count; i++) {
      field(message, 1, series(timeMillis, i));
    }
    return snappy(message.toByteArray());
  }

  private static byte[] series(long timeMillis, int i) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    field(out, 1, label("__name__", "training_written"));
    field(out, 1, label("pod", "pod-" + i));
    field(out, 1, label("zone", "z" + i % 5));
    ByteArrayOutputStream sample = new ByteArrayOutputStream();
    sample.write(1 << 3 | 1);
    long bits = Double.doubleToRawLongBits(timeMillis % 1000 + i);
    for (int b = 0; b < 8; b++) {
      sample.write((int) (bits >>> (8 * b)));
    }
    sample.write(2 << 3);
    varint(sample, timeMillis);
    field(out, 2, sample.toByteArray());
    return out.toByteArray();
  }

  private static byte[] label(String name, String value) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    field(out, 1, name.getBytes(StandardCharsets.UTF_8));
    field(out, 2, value.getBytes(StandardCharsets.UTF_8));
    return out.toByteArray();
  }

  private static byte[] snappy(byte[] plain) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    varint(out, plain.length);
    for (int at = 0; at < plain.length; at += LITERAL) {
      int length = Math.min(LITERAL, plain.length - at);
      out.write(61 << 2);
      out.write(length - 1);
      out.write((length - 1) >>> 8);
      out.write(plain, at, length);
    }
    return out.toByteArray();
  }

  private static void field(ByteArrayOutputStream out, int number, byte[] content) {
    out.write(number << 3 | 2);
    varint(out, content.length);
    out.writeBytes(content);
  }

  private static void varint(ByteArrayOutputStream out, long value) {
    long rest = value;
    while ((rest & ~0x7fL) != 0) {
      out.write((int) (rest & 0x7f) | 0x80);
      rest >>>= 7;
    }
    out.write((int) rest);
  }
}
