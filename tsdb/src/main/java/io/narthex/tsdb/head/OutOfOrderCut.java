package io.narthex.tsdb.head;

/** What of the out-of-order samples is to go to blocks: all in head chunks up to one. */
public final class OutOfOrderCut {
  private final LastCompacted last;
  private final int logSegment;
  private final long mint;
  private final long maxt;

  /**
   * @param logSegment the log's segments below hold nothing else
   */
  OutOfOrderCut(LastCompacted last, int logSegment, long mint, long maxt) {
    this.last = last;
    this.logSegment = logSegment;
    this.mint = mint;
    this.maxt = maxt;
  }

  LastCompacted last() {
    return last;
  }

  int logSegment() {
    return logSegment;
  }

  /** Time of the oldest sample. */
  public long mint() {
    return mint;
  }

  /** Time of the newest sample, included. */
  public long maxt() {
    return maxt;
  }

  public boolean isEmpty() {
    return mint > maxt;
  }
}
