package io.narthex.tool.query;

import io.narthex.model.value.GoFloat;
import java.util.Arrays;

/**
 * Populated buckets of a histogram over time.
 *
 * @param total buckets that there were at any time
 */
record BucketCount(int min, double average, int max, int total) {
  /**
   * @param populated how many there were in each sample, at least one
   */
  static BucketCount of(int[] populated, int total) {
    return new BucketCount(
        Arrays.stream(populated).min().orElseThrow(),
        (double) Arrays.stream(populated).asLongStream().sum() / populated.length,
        Arrays.stream(populated).max().orElseThrow(),
        total);
  }

  @Override
  public String toString() {
    String text = min + "/" + GoFloat.fixed(average, 3) + "/" + max;
    return max == total ? text : text + "/" + total;
  }
}
