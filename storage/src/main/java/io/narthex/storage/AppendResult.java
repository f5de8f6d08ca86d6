package io.narthex.storage;

/** What became of one sample. */
public enum AppendResult {
  OK("ok"),
  /** The reference is not known (any more): call {@link Appender#series} again. */
  UNKNOWN_SERIES("unknown series reference"),
  /** Older than the newest sample of the series, and no out-of-order window is open. */
  OUT_OF_ORDER("out of order sample"),
  /** The time is taken by another value. */
  DUPLICATE_TIMESTAMP("duplicate sample for timestamp"),
  /** Outside of what the head accepts. */
  OUT_OF_BOUNDS("out of bounds"),
  /** Older than the out-of-order window. */
  TOO_OLD("too old sample"),
  /** Refused for what it holds, as a malformed native histogram. */
  INVALID("invalid sample"),
  OUT_OF_ORDER_EXEMPLAR("out of order exemplar"),
  DUPLICATE_EXEMPLAR("duplicate exemplar"),
  /** Names and values of the exemplar's labels are too long together. */
  EXEMPLAR_LABELS_TOO_LONG("label length for exemplar exceeds maximum of 128 UTF-8 characters");

  private final String message;

  AppendResult(String message) {
    this.message = message;
  }

  /** Prometheus' words for the refusal. */
  public String message() {
    return message;
  }

  public boolean accepted() {
    return this == OK;
  }
}
