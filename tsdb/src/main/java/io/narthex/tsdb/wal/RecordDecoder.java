package io.narthex.tsdb.wal;

import io.narthex.tsdb.encoding.DecodeException;

/** Takes records apart. Reusable, one thread at a time; keeps the strings of labels unique. */
public final class RecordDecoder {
  /**
   * Hands a record's items to the visitor. Samples come as primitives, nothing is allocated for
   * them.
   *
   * @throws DecodeException where the record does not follow its format
   */
  public void decode(byte[] bytes, int offset, int length, RecordVisitor visitor) {
    throw new UnsupportedOperationException();
  }

  public static RecordType type(byte[] bytes, int offset, int length) {
    return length == 0 ? RecordType.UNKNOWN : RecordType.of(bytes[offset]);
  }
}
