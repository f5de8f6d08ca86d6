package io.narthex.tsdb.index;

import io.narthex.tsdb.encoding.MappedFile;
import java.nio.charset.StandardCharsets;

/** Reads variable-length items of a mapped file one after the other. */
final class MappedReader {
  private final MappedFile file;
  private final byte[] scratch = new byte[256];
  private long at;

  MappedReader(MappedFile file, long at) {
    this.file = file;
    this.at = at;
  }

  long position() {
    return at;
  }

  void position(long newPosition) {
    at = newPosition;
  }

  int u32() {
    int value = file.u32(at);
    at += 4;
    return value;
  }

  long uvarint() {
    long value = 0;
    for (int shift = 0; shift < 70; shift += 7) {
      int b = file.u8(at++);
      value |= (long) (b & 0x7F) << shift;
      if (b < 0x80) {
        return value;
      }
    }
    throw file.corrupted(at, "malformed varint");
  }

  /** The length of a string whose bytes follow. */
  int stringLength() {
    long length = uvarint();
    if (length < 0 || length > file.size() - at) {
      throw file.corrupted(at, "string of " + length + " bytes runs over the end of the file");
    }
    return (int) length;
  }

  void skipString() {
    int length = stringLength();
    at += length;
  }

  String string() {
    int length = stringLength();
    byte[] bytes = length <= scratch.length ? scratch : new byte[length];
    file.copy(at, bytes, 0, length);
    at += length;
    return new String(bytes, 0, length, StandardCharsets.UTF_8);
  }

  /** Compares the next string with one in UTF-8, and passes over it. */
  int compareString(byte[] that) {
    int length = stringLength();
    int common = Math.min(length, that.length);
    long start = at;
    at += length;
    for (int done = 0; done < common; done += scratch.length) {
      int part = Math.min(scratch.length, common - done);
      file.copy(start + done, scratch, 0, part);
      int c = java.util.Arrays.compareUnsigned(scratch, 0, part, that, done, done + part);
      if (c != 0) {
        return c;
      }
    }
    return Integer.compare(length, that.length);
  }
}
