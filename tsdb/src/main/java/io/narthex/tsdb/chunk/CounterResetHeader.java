package io.narthex.tsdb.chunk;

/** What is known of the step from the chunk before to a histogram chunk; ordinals as on disk. */
public enum CounterResetHeader {
  UNKNOWN,
  NOT_RESET,
  RESET,
  GAUGE;

  private static final CounterResetHeader[] ALL = values();

  static CounterResetHeader of(int headerByte) {
    return ALL[(headerByte & 0xFF) >>> 6];
  }

  /** The header's third byte. */
  int flags() {
    return ordinal() << 6;
  }
}
