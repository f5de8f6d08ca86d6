package io.narthex.tsdb.head;

import io.narthex.tsdb.chunk.HistogramChunkEncoder;

/**
 * The open chunk of a row whose newest sample is a native histogram. Changed by the one writer with
 * the row's version taken; readers copy its bytes and check the version.
 */
final class OpenHistogram {
  HistogramChunkEncoder<?> encoder;

  /** Whether the end of the chunk has been worked out from how fast it grows. */
  boolean endIsPlanned;

  /** Buckets of the newest histogram. */
  int buckets;

  OpenHistogram(HistogramChunkEncoder<?> encoder) {
    this.encoder = encoder;
  }
}
