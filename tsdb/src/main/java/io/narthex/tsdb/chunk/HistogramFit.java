package io.narthex.tsdb.chunk;

/** Whether a histogram can follow the last of a chunk, and if not, why a new chunk starts. */
public enum HistogramFit {
  /** It can, where need be after the chunk has been given more buckets. */
  APPENDS,
  /** The chunk holds gauges, the histogram is none. */
  AFTER_GAUGE,
  /** A change that does not tell about resets, or a series that comes back. */
  UNKNOWN,
  /** A count went down, or the histogram says so. */
  RESET
}
