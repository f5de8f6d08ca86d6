package io.narthex.tsdb.chunk;

/**
 * How new chunks are encoded.
 *
 * @param floats {@link ChunkEncoding#XOR} or {@link ChunkEncoding#XOR2}, of which the latter keeps
 *     start times
 * @param histogramStarts whether chunks of histograms keep start times
 */
public record ChunkFormat(ChunkEncoding floats, boolean histogramStarts) {
  /** Without start times. */
  public static final ChunkFormat PLAIN = new ChunkFormat(ChunkEncoding.XOR, false);

  /** With all start times. */
  public static final ChunkFormat STARTS = new ChunkFormat(ChunkEncoding.XOR2, true);

  private static final ChunkFormat XOR2 = new ChunkFormat(ChunkEncoding.XOR2, false);

  public ChunkFormat {
    if (floats != ChunkEncoding.XOR && floats != ChunkEncoding.XOR2) {
      throw new IllegalArgumentException("floats cannot be encoded as " + floats);
    }
  }

  /**
   * The format for a sample that is written again: one that keeps its start time, if it has one.
   *
   * @param floats encoding of floats without start time
   */
  public static ChunkFormat keeping(ChunkEncoding floats, long startMillis) {
    if (startMillis != 0) {
      return STARTS;
    }
    return floats == ChunkEncoding.XOR2 ? XOR2 : PLAIN;
  }

  public ChunkFormat withFloats(ChunkEncoding encoding) {
    return new ChunkFormat(encoding, histogramStarts);
  }

  public ChunkEncoding histograms() {
    return histogramStarts ? ChunkEncoding.HISTOGRAM_ST : ChunkEncoding.HISTOGRAM;
  }

  public ChunkEncoding floatHistograms() {
    return histogramStarts ? ChunkEncoding.FLOAT_HISTOGRAM_ST : ChunkEncoding.FLOAT_HISTOGRAM;
  }
}
