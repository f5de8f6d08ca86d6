package io.narthex.tsdb.wal;

import io.airlift.compress.v3.Compressor;
import io.airlift.compress.v3.snappy.SnappyJavaCompressor;
import io.airlift.compress.v3.zstd.ZstdJavaCompressor;
import io.narthex.tsdb.encoding.ByteWriter;
import java.util.Arrays;
import java.util.Optional;

/** Records of one call, compressed and ready to be cut into fragments. Reused from call to call. */
final class RecordBatch {
  private final Optional<Compressor> compressor;
  private final int flag;
  private final ByteWriter bytes = new ByteWriter(4096);
  private int[] ends = new int[4];
  private int[] flags = new int[4];
  private int count;
  private long rawBytes;

  RecordBatch(WalCompression compression) {
    compressor =
        switch (compression) {
          case NONE -> Optional.empty();
          case SNAPPY -> Optional.of(new SnappyJavaCompressor());
          case ZSTD -> Optional.of(new ZstdJavaCompressor());
        };
    flag =
        switch (compression) {
          case NONE -> 0;
          case SNAPPY -> Page.SNAPPY;
          case ZSTD -> Page.ZSTD;
        };
  }

  void clear() {
    bytes.clear();
    count = 0;
    rawBytes = 0;
  }

  /** Adds a record; it stays as it is where compression does not make it smaller. */
  void add(ByteWriter record) {
    if (record.isEmpty()) {
      return;
    }
    int start = bytes.length();
    int length = record.length();
    rawBytes += length;
    int used = 0;
    if (compressor.isPresent()) {
      Compressor c = compressor.get();
      int bound = c.maxCompressedLength(length);
      bytes.reserve(bound);
      int compressed = c.compress(record.array(), 0, length, bytes.array(), start, bound);
      if (compressed < length) {
        bytes.length(start + compressed);
        used = flag;
      }
    }
    if (used == 0) {
      bytes.bytes(record);
    }
    if (count == ends.length) {
      ends = Arrays.copyOf(ends, 2 * count);
      flags = Arrays.copyOf(flags, 2 * count);
    }
    ends[count] = bytes.length();
    flags[count++] = used;
  }

  int count() {
    return count;
  }

  byte[] bytes() {
    return bytes.array();
  }

  int start(int record) {
    return record == 0 ? 0 : ends[record - 1];
  }

  int length(int record) {
    return ends[record] - start(record);
  }

  /** The compression bits of the fragment headers. */
  int flag(int record) {
    return flags[record];
  }

  int totalBytes() {
    return bytes.length();
  }

  long savedBytes() {
    return rawBytes - bytes.length();
  }
}
