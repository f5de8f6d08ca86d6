package io.narthex.tool.tsdb;

/** How long made blocks may be: two hours, or that times a power of three up to 3^9. */
final class BlockRange {
  private static final long SHORTEST = 7_200_000;
  private static final long LONGEST = 19_683 * SHORTEST;

  private BlockRange() {}

  /** The longest range that is not longer than wanted; at least two hours. */
  static long within(long wantedMillis) {
    long range = SHORTEST;
    while (range < LONGEST && range * 3 <= wantedMillis) {
      range *= 3;
    }
    return range;
  }
}
