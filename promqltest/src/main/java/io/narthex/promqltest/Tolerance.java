package io.narthex.promqltest;

import io.narthex.model.value.StaleMarker;

/** How close two floats must be to count as equal. */
final class Tolerance {
  private static final double EPSILON = 1e-6;

  private Tolerance() {}

  /**
   * Identical, both not a number, or apart by less than a millionth of their sum; a staleness
   * marker equals only itself.
   */
  static boolean equal(double a, double b) {
    if (StaleMarker.is(a) || StaleMarker.is(b)) {
      return StaleMarker.is(a) && StaleMarker.is(b);
    }
    if (a == b || (Double.isNaN(a) && Double.isNaN(b))) {
      return true;
    }
    double sum = Math.abs(a) + Math.abs(b);
    double difference = Math.abs(a - b);
    if (a == 0 || b == 0 || sum < Double.MIN_NORMAL) {
      return difference < EPSILON * Double.MIN_NORMAL;
    }
    return difference / Math.min(sum, Double.MAX_VALUE) < EPSILON;
  }
}
