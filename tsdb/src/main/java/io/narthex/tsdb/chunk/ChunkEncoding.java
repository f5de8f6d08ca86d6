package io.narthex.tsdb.chunk;

import io.narthex.tsdb.encoding.DecodeException;

/** How a chunk's bits are to be read; ordinals as on disk. */
public enum ChunkEncoding {
  NONE,
  XOR,
  HISTOGRAM,
  FLOAT_HISTOGRAM,
  XOR2,
  HISTOGRAM_ST,
  FLOAT_HISTOGRAM_ST;

  private static final ChunkEncoding[] ALL = values();

  /**
   * @throws DecodeException where the byte names no encoding
   */
  public static ChunkEncoding of(int code) {
    if (code <= 0 || code >= ALL.length) {
      throw new DecodeException("invalid chunk encoding " + code);
    }
    return ALL[code];
  }

  public int code() {
    return ordinal();
  }

  public boolean isHistogram() {
    return switch (this) {
      case HISTOGRAM, FLOAT_HISTOGRAM, HISTOGRAM_ST, FLOAT_HISTOGRAM_ST -> true;
      case NONE, XOR, XOR2 -> false;
    };
  }

  /** Whether chunks of the encoding can keep since when samples count. */
  public boolean hasStartTimes() {
    return switch (this) {
      case XOR2, HISTOGRAM_ST, FLOAT_HISTOGRAM_ST -> true;
      case NONE, XOR, HISTOGRAM, FLOAT_HISTOGRAM -> false;
    };
  }
}
