package io.narthex.tsdb.encoding;

import java.util.zip.CRC32C;

/** The Castagnoli checksum of all formats. */
public final class Crc32c {
  private Crc32c() {}

  public static int of(byte[] bytes, int offset, int length) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, offset, length);
    return (int) crc.getValue();
  }
}
