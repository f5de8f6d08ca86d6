package io.narthex.tsdb.chunk;

/** Whether a histogram can follow the last of a chunk, and if not, why a new chunk starts. */
public enum HistogramFit {
  APPENDS(CounterResetHeader.UNKNOWN),
  /** The layout changed in a way that does not tell about resets, or a series came back. */
  NEW_CHUNK(CounterResetHeader.UNKNOWN),
  /** Buckets were added, and no count went down. */
  NEW_CHUNK_WITHOUT_RESET(CounterResetHeader.NOT_RESET),
  /** A count went down, or the histogram says so. */
  NEW_CHUNK_AFTER_RESET(CounterResetHeader.RESET);

  private final CounterResetHeader header;

  HistogramFit(CounterResetHeader header) {
    this.header = header;
  }

  /** The header of the chunk that starts with the histogram, unless that is a gauge. */
  public CounterResetHeader header() {
    return header;
  }
}
