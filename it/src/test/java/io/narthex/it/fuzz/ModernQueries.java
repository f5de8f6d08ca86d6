package io.narthex.it.fuzz;

import io.narthex.it.fuzz.Node.Kind;
import java.util.List;
import java.util.Random;

/**
 * What came to PromQL after version 2, with the features that it needs. Which series {@code limitk}
 * takes is nowhere said.
 */
final class ModernQueries {
  static final String FEATURES =
      "promql-experimental-functions,promql-extended-range-selectors,"
          + "promql-binop-fill-modifiers,promql-duration-expr";

  private static final List<String> OVER_TIME =
      List.of(
          "mad_over_time($)",
          "first_over_time($)",
          "ts_of_min_over_time($)",
          "ts_of_max_over_time($)",
          "ts_of_first_over_time($)",
          "ts_of_last_over_time($)");

  private final Random random;

  ModernQueries(Random random) {
    this.random = random;
  }

  private String pick(List<String> texts) {
    return texts.get(random.nextInt(texts.size()));
  }

  /**
   * A vector of numbers.
   *
   * @param selector of any metric
   * @param operand to aggregate or to combine
   */
  Node numbers(String selector, Node operand, Node other) {
    return switch (random.nextInt(6)) {
      case 0 -> Node.of(Kind.VECTOR, pick(OVER_TIME), range(selector, ""));
      case 1 ->
          Node.of(
              Kind.VECTOR,
              pick(List.of("rate", "increase", "delta")) + "($)",
              range(selector, pick(List.of(" anchored", " smoothed"))));
      case 2 ->
          Node.of(
              Kind.VECTOR,
              pick(List.of("changes", "resets")) + "($)",
              range(selector, " anchored"));
      case 3 ->
          Node.of(
              Kind.VECTOR, pick(List.of("count(limitk(2, $))", "limit_ratio(0.4, $)")), operand);
      case 4 ->
          Node.of(
              Kind.VECTOR,
              "($ "
                  + pick(List.of("+", "-", "> bool"))
                  + " "
                  + pick(List.of("", "on(job, instance) ", "ignoring(mode) "))
                  + pick(List.of("fill(0) ", "fill_left(-1) ", "fill_right(2.5) "))
                  + "$)",
              operand,
              other);
      default ->
          Node.of(
              Kind.VECTOR,
              pick(
                  List.of(
                      "clamp_max($, max_of(3, step()))",
                      "($ + min_of(time(), range()))",
                      "double_exponential_smoothing(g[5m], 0.5, 0.25) - $")),
              operand);
    };
  }

  private Node range(String selector, String modifier) {
    String range = pick(List.of("5m", "7m13s", "20m", "1m * 3", "max_of(2m, step())", "10m - 61"));
    String offset = random.nextInt(4) == 0 ? " offset (30s * 2)" : "";
    return Node.of(Kind.RANGE, selector + "[" + range + "]" + modifier + offset);
  }
}
