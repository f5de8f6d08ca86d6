package io.narthex.tsdb.wal;

/** The first byte of a record; ordinals as on disk. */
public enum RecordType {
  UNKNOWN,
  SERIES,
  SAMPLES,
  TOMBSTONES,
  EXEMPLARS,
  MMAP_MARKERS,
  METADATA,
  HISTOGRAMS,
  FLOAT_HISTOGRAMS,
  CUSTOM_BUCKET_HISTOGRAMS,
  CUSTOM_BUCKET_FLOAT_HISTOGRAMS,
  SAMPLES_V2,
  HISTOGRAMS_V2,
  FLOAT_HISTOGRAMS_V2;

  private static final RecordType[] ALL = values();

  /** The type of a record, {@link #UNKNOWN} for codes of later versions. */
  public static RecordType of(int code) {
    return code > 0 && code < ALL.length ? ALL[code] : UNKNOWN;
  }

  public int code() {
    return ordinal();
  }
}
