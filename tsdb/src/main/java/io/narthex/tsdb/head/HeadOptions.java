package io.narthex.tsdb.head;

/**
 * How the head cuts its data.
 *
 * @param chunkRangeMillis range of the blocks that the head is cut into; no chunk crosses its
 *     multiples
 * @param samplesPerChunk how many samples a chunk should get
 * @param format in which formats samples are written at first
 * @param zeroSamples whether a sample that says since when it counts has one of zero put there, in
 *     front of it and behind all others
 */
public record HeadOptions(
    long chunkRangeMillis, int samplesPerChunk, SampleFormat format, boolean zeroSamples) {
  /** Blocks of two hours, chunks of 120 samples, no start times. */
  public static final HeadOptions DEFAULT =
      new HeadOptions(7_200_000L, 120, SampleFormat.PLAIN, false);
}
