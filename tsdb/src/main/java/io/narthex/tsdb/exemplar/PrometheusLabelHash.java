package io.narthex.tsdb.exemplar;

import io.airlift.compress.v3.xxhash.XxHash64JavaHasher;
import io.narthex.model.labels.Labels;
import io.narthex.tsdb.encoding.ByteWriter;
import java.nio.charset.StandardCharsets;

/**
 * The hash that Prometheus has for a label set: xxHash64 over names and values, each with its
 * length in front. It decides which of two exemplars of one time and value is the later one.
 */
final class PrometheusLabelHash {
  private static final int LONG_LENGTH = 255;

  private PrometheusLabelHash() {}

  /** Compares two label sets by their hashes, which are unsigned. */
  static int compare(Labels a, Labels b) {
    return Long.compareUnsigned(of(a), of(b));
  }

  static long of(Labels labels) {
    ByteWriter bytes = new ByteWriter(256);
    for (int i = 0; i < labels.size(); i++) {
      add(bytes, labels.name(i));
      add(bytes, labels.value(i));
    }
    return XxHash64JavaHasher.hash(bytes.array(), 0, bytes.length(), 0);
  }

  private static void add(ByteWriter bytes, String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    if (utf8.length < LONG_LENGTH) {
      bytes.u8(utf8.length);
    } else {
      bytes.u8(LONG_LENGTH);
      bytes.u8(utf8.length);
      bytes.u8(utf8.length >>> 8);
      bytes.u8(utf8.length >>> 16);
    }
    bytes.bytes(utf8, 0, utf8.length);
  }
}
