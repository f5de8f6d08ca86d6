package io.narthex.tsdb.head;

import io.narthex.tsdb.chunk.ChunkEncoding;
import io.narthex.tsdb.chunk.ChunkFormat;

/**
 * In which formats samples are written from now on.
 *
 * @param chunks of new chunks
 * @param startsInLog whether the log keeps start times; chunks that do not are ended for such that
 *     do
 */
public record SampleFormat(ChunkFormat chunks, boolean startsInLog) {
  /** Without start times. */
  public static final SampleFormat PLAIN = new SampleFormat(ChunkFormat.PLAIN, false);

  public SampleFormat withFloats(ChunkEncoding encoding) {
    return new SampleFormat(chunks.withFloats(encoding), startsInLog);
  }
}
