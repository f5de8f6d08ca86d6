package io.narthex.tsdb.chunk;

import io.narthex.tsdb.encoding.ByteReader;
import io.narthex.tsdb.encoding.ByteWriter;

/** Reads a head chunk that has not been written to its file yet. */
final class PendingChunk {
  private PendingChunk() {}

  static ChunkEncoding copy(ByteWriter pending, int at, ByteWriter into) {
    ByteReader reader = new ByteReader().reset(pending.array(), at, pending.length() - at);
    reader.skip(HeadChunkFile.FIXED_BYTES);
    int encoding = reader.u8();
    int length = reader.count();
    into.clear();
    into.bytes(pending.array(), reader.position(), length);
    return ChunkEncoding.of(encoding & ~HeadChunkFile.OUT_OF_ORDER);
  }
}
