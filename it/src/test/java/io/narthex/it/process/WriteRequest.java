package io.narthex.it.process;

import io.airlift.compress.v3.snappy.SnappyCompressor;
import io.airlift.compress.v3.snappy.SnappyJavaCompressor;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Builds a remote-write 1.0 request as a sender would: protobuf, then snappy. Written apart from
 * the server's reader.
 */
public final class WriteRequest {
  private final ByteArrayOutputStream message = new ByteArrayOutputStream();

  /** Adds a series with one sample; labels are alternating names and values, sorted by name. */
  public WriteRequest add(long timestampMillis, double value, String... labels) {
    ByteArrayOutputStream series = new ByteArrayOutputStream();
    for (int i = 0; i < labels.length; i += 2) {
      ByteArrayOutputStream label = new ByteArrayOutputStream();
      bytes(label, 1, labels[i].getBytes(StandardCharsets.UTF_8));
      bytes(label, 2, labels[i + 1].getBytes(StandardCharsets.UTF_8));
      bytes(series, 1, label.toByteArray());
    }
    ByteArrayOutputStream sample = new ByteArrayOutputStream();
    sample.write(1 << 3 | 1);
    long bits = Double.doubleToRawLongBits(value);
    for (int i = 0; i < 8; i++) {
      sample.write((int) (bits >>> (8 * i)));
    }
    sample.write(2 << 3);
    varint(sample, timestampMillis);
    bytes(series, 2, sample.toByteArray());
    bytes(message, 1, series.toByteArray());
    return this;
  }

  /** The compressed body. */
  public byte[] body() {
    byte[] plain = message.toByteArray();
    SnappyCompressor compressor = new SnappyJavaCompressor();
    byte[] out = new byte[compressor.maxCompressedLength(plain.length)];
    return Arrays.copyOf(out, compressor.compress(plain, 0, plain.length, out, 0, out.length));
  }

  /** The headers that a 1.0 sender sets. */
  public static String[] headers() {
    return new String[] {
      "Content-Type", "application/x-protobuf",
      "Content-Encoding", "snappy",
      "X-Prometheus-Remote-Write-Version", "0.1.0"
    };
  }

  private static void bytes(ByteArrayOutputStream out, int field, byte[] content) {
    out.write(field << 3 | 2);
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
