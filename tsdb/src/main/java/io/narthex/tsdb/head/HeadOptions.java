package io.narthex.tsdb.head;

/**
 * How the head cuts its data.
 *
 * @param chunkRangeMillis range of the blocks that the head is cut into; no chunk crosses its
 *     multiples
 * @param samplesPerChunk how many samples a chunk should get
 */
public record HeadOptions(long chunkRangeMillis, int samplesPerChunk) {
  /** Blocks of two hours, chunks of 120 samples. */
  public static final HeadOptions DEFAULT = new HeadOptions(7_200_000L, 120);
}
