package io.narthex.promql.plan;

/**
 * The times of a query, milliseconds since the epoch.
 *
 * @param stepMillis 0 for an instant query
 */
public record QueryTimes(long start, long end, long stepMillis) {
  public boolean isInstant() {
    return stepMillis == 0;
  }

  /** What {@code range()} means, in seconds. */
  double rangeSeconds() {
    return (end - start) / 1000.0;
  }

  /** What {@code step()} means as a number, in seconds. */
  double stepSeconds() {
    return start == end ? 0 : stepMillis / 1000.0;
  }
}
