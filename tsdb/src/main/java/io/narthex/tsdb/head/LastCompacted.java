package io.narthex.tsdb.head;

/**
 * A head chunk up to which all out-of-order chunks are in blocks, known by its times too: file
 * numbers are used anew when all files are gone.
 *
 * @param chunkRef 0 for none
 */
record LastCompacted(long chunkRef, long mint, long maxt) {
  static final LastCompacted NONE = new LastCompacted(0, 0, 0);

  boolean covers(long otherRef) {
    return Long.compareUnsigned(otherRef, chunkRef) <= 0;
  }

  boolean is(OutOfOrderSeries.Mapped chunk) {
    return chunk.chunkRef() == chunkRef && chunk.mint() == mint && chunk.maxt() == maxt;
  }
}
