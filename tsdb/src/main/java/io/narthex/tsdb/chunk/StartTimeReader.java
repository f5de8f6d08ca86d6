package io.narthex.tsdb.chunk;

/**
 * Reads the start times of a histogram chunk one after the other. Rules at {@link StartTimeBits}.
 */
final class StartTimeReader {
  private final int header;
  private long start;
  private long distance;

  /**
   * @param header byte of the chunk, 0 for one without start times
   */
  StartTimeReader(int header) {
    this.header = header;
  }

  /**
   * @param index of the sample, from 0
   * @param t its time
   * @param before the time of the sample before
   */
  void read(BitReader in, int index, long t, long before) {
    int from = StartTimeBits.changesFrom(header);
    if (index == 0) {
      if (StartTimeBits.firstKnown(header)) {
        start = t - in.varint();
      }
    } else if (from > 0 && index >= from) {
      long written = in.varbit();
      distance = index == from ? written : distance + written;
      start = before - distance;
    }
  }

  /** Since when the sample read last counts; 0 where not known. */
  long startMillis() {
    return start;
  }
}
