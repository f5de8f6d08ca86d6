package io.narthex.it.fuzz;

import io.narthex.it.fuzz.Node.Kind;
import java.util.List;
import java.util.Random;

/** Random queries over native histograms. */
final class HistogramQueries {
  private static final List<String> OF_HISTOGRAMS =
      List.of(
          "histogram_avg($)",
          "histogram_stddev($)",
          "histogram_stdvar($)",
          "histogram_quantile(0.9, $)",
          "histogram_quantile(0, $)",
          "histogram_quantile(1, $)",
          "histogram_fraction(0, 2, $)",
          "histogram_fraction(-Inf, 0.7, $)");
  private static final List<String> FUNCTIONS =
      List.of("rate", "increase", "delta", "irate", "sum_over_time", "avg_over_time");
  private static final List<String> MIXED_FUNCTIONS =
      List.of(
          "rate",
          "changes",
          "resets",
          "count_over_time",
          "last_over_time",
          "min_over_time",
          "sum_over_time",
          "stddev_over_time",
          "quantile_over_time(0.5, $)",
          "idelta");

  private final Random random;
  private final boolean modern;

  /**
   * @param modern whether the peer is of version 3; before, they were young and have changed
   */
  HistogramQueries(Random random, boolean modern) {
    this.random = random;
    this.modern = modern;
  }

  private String pick(List<String> texts) {
    return texts.get(random.nextInt(texts.size()));
  }

  /** A vector of numbers. */
  Node numbers(int depth) {
    if (modern && random.nextInt(3) == 0) {
      return mixed();
    }
    String function =
        modern && random.nextBoolean()
            ? pick(OF_HISTOGRAMS)
            : pick(List.of("histogram_count($)", "histogram_sum($)"));
    return Node.of(Kind.VECTOR, function, histograms(depth, false));
  }

  /**
   * A vector of histograms.
   *
   * @param negative whether counts may be negative; a quantile of those depends on empty buckets
   */
  Node histograms(int depth, boolean negative) {
    if (depth <= 0) {
      return Node.of(Kind.VECTOR, metric());
    }
    return switch (random.nextInt(modern ? 5 : 2)) {
      case 0 -> Node.of(Kind.VECTOR, metric());
      case 1 ->
          Node.of(
              Kind.VECTOR,
              "sum" + pick(List.of("", " by(job) ", " without(instance) ")) + "($)",
              histograms(depth - 1, negative));
      case 2 -> Node.of(Kind.VECTOR, pick(FUNCTIONS) + "($)", range(metric()));
      case 3 ->
          Node.of(
              Kind.VECTOR,
              "($ " + pick(negative ? List.of("-", "+") : List.of("+", "and", "or")) + " $)",
              histograms(depth - 1, negative),
              histograms(depth - 1, negative));
      default ->
          Node.of(
              Kind.VECTOR,
              pick(List.of("($ * 2)", "avg by(job) ($)", negative ? "-$" : "+$", "($ / 4)")),
              histograms(depth - 1, negative));
    };
  }

  /** Numbers and histograms in one series. */
  private Node mixed() {
    String function = pick(MIXED_FUNCTIONS);
    return Node.of(
        Kind.VECTOR, function.contains("$") ? function : function + "($)", range("mixed"));
  }

  private String metric() {
    return modern ? pick(List.of("nh", "nh", "nhcb", "{__name__=~\"nh|nhcb\"}")) : "nh";
  }

  private Node range(String metric) {
    return Node.of(
        Kind.RANGE, metric + "[" + pick(List.of("2m", "5m", "7m13s", "20m", "31s")) + "]");
  }
}
