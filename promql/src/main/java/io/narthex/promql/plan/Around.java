package io.narthex.promql.plan;

import java.util.List;

/**
 * What stands around a selector, as a hint to storage.
 *
 * @param function the nearest function or aggregation, empty beyond a binary operator
 * @param grouping labels of the aggregation directly around
 * @param by whether these are kept
 * @param buckets what functions of native histograms further out look at
 */
record Around(String function, List<String> grouping, boolean by, Buckets buckets) {
  /** Whether buckets of native histograms are looked at. */
  enum Buckets {
    /** Nothing around tells. */
    UNDECIDED,
    /** Only count and sum are wanted, as far as can be told. */
    NOT_WANTED,
    /** They are, whatever stands further in. */
    WANTED
  }

  static final Around NOTHING = new Around("", List.of(), false, Buckets.UNDECIDED);

  /** Inside a call. */
  Around call(String name) {
    return new Around(name, List.of(), false, bucketsInside(name));
  }

  /** Inside an aggregation. */
  Around aggregation(String name, List<String> labels, boolean keeps) {
    return new Around(name, labels, keeps, buckets);
  }

  /** Inside a binary operator. */
  Around operand(boolean trims) {
    return new Around("", List.of(), false, trims ? Buckets.WANTED : buckets);
  }

  /** Inside a subquery, whose samples need their buckets to tell resets. */
  Around subquery() {
    return new Around(function, grouping, by, Buckets.WANTED);
  }

  private Buckets bucketsInside(String name) {
    if (buckets == Buckets.WANTED) {
      return buckets;
    }
    return switch (name) {
      case "histogram_count", "histogram_sum", "histogram_avg" -> Buckets.NOT_WANTED;
      case "histogram_quantile", "histogram_quantiles", "histogram_fraction" -> Buckets.WANTED;
      default -> buckets;
    };
  }
}
