package io.narthex.model.histogram;

/**
 * What is known about a counter reset between a native histogram and the one before it; ordinals as
 * on disk.
 */
public enum CounterResetHint {
  UNKNOWN,
  RESET,
  NOT_RESET,
  GAUGE
}
