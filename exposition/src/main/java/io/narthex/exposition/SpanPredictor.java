package io.narthex.exposition;

/**
 * Knows series spans from an earlier body and recognises them in this one, so that the cursor need
 * not take them apart again. Targets expose the same series in the same order scrape after scrape:
 * guessing the next one is nearly always right.
 */
public interface SpanPredictor {
  /** Never recognises anything. */
  SpanPredictor NONE = (buffer, start, limit) -> 0;

  /**
   * Whether a well-formed span of an earlier body stands here again, byte for byte.
   *
   * @param limit end of the body; nothing at or behind it may be read
   * @return the span's length, 0 where none is recognised
   */
  int predict(byte[] buffer, int start, int limit);
}
