package io.narthex.promql.syntax;

import static io.narthex.promql.syntax.ValueType.MATRIX;
import static io.narthex.promql.syntax.ValueType.SCALAR;
import static io.narthex.promql.syntax.ValueType.STRING;
import static io.narthex.promql.syntax.ValueType.VECTOR;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** All functions of the language. */
public final class FunctionSignatures {
  private static final List<FunctionSignature> ALL =
      List.of(
          stable("abs", List.of(VECTOR), 0, VECTOR),
          stable("absent", List.of(VECTOR), 0, VECTOR),
          stable("absent_over_time", List.of(MATRIX), 0, VECTOR),
          stable("acos", List.of(VECTOR), 0, VECTOR),
          stable("acosh", List.of(VECTOR), 0, VECTOR),
          stable("asin", List.of(VECTOR), 0, VECTOR),
          stable("asinh", List.of(VECTOR), 0, VECTOR),
          stable("atan", List.of(VECTOR), 0, VECTOR),
          stable("atanh", List.of(VECTOR), 0, VECTOR),
          stable("avg_over_time", List.of(MATRIX), 0, VECTOR),
          stable("ceil", List.of(VECTOR), 0, VECTOR),
          stable("changes", List.of(MATRIX), 0, VECTOR),
          stable("clamp", List.of(VECTOR, SCALAR, SCALAR), 0, VECTOR),
          stable("clamp_max", List.of(VECTOR, SCALAR), 0, VECTOR),
          stable("clamp_min", List.of(VECTOR, SCALAR), 0, VECTOR),
          stable("cos", List.of(VECTOR), 0, VECTOR),
          stable("cosh", List.of(VECTOR), 0, VECTOR),
          stable("count_over_time", List.of(MATRIX), 0, VECTOR),
          stable("day_of_month", List.of(VECTOR), 1, VECTOR),
          stable("day_of_week", List.of(VECTOR), 1, VECTOR),
          stable("day_of_year", List.of(VECTOR), 1, VECTOR),
          stable("days_in_month", List.of(VECTOR), 1, VECTOR),
          stable("deg", List.of(VECTOR), 0, VECTOR),
          stable("delta", List.of(MATRIX), 0, VECTOR),
          stable("deriv", List.of(MATRIX), 0, VECTOR),
          experimental("double_exponential_smoothing", List.of(MATRIX, SCALAR, SCALAR), 0, VECTOR),
          experimental("end", List.of(), 0, SCALAR),
          stable("exp", List.of(VECTOR), 0, VECTOR),
          stable("first_over_time", List.of(MATRIX), 0, VECTOR),
          stable("floor", List.of(VECTOR), 0, VECTOR),
          stable("histogram_avg", List.of(VECTOR), 0, VECTOR),
          stable("histogram_count", List.of(VECTOR), 0, VECTOR),
          stable("histogram_fraction", List.of(SCALAR, SCALAR, VECTOR), 0, VECTOR),
          stable("histogram_quantile", List.of(SCALAR, VECTOR), 0, VECTOR),
          experimental("histogram_quantiles", List.of(VECTOR, STRING, SCALAR, SCALAR), 9, VECTOR),
          stable("histogram_stddev", List.of(VECTOR), 0, VECTOR),
          stable("histogram_stdvar", List.of(VECTOR), 0, VECTOR),
          stable("histogram_sum", List.of(VECTOR), 0, VECTOR),
          stable("hour", List.of(VECTOR), 1, VECTOR),
          stable("idelta", List.of(MATRIX), 0, VECTOR),
          stable("increase", List.of(MATRIX), 0, VECTOR),
          experimental("info", List.of(VECTOR, VECTOR), 1, VECTOR),
          stable("irate", List.of(MATRIX), 0, VECTOR),
          stable("label_join", List.of(VECTOR, STRING, STRING, STRING), -1, VECTOR),
          stable("label_replace", List.of(VECTOR, STRING, STRING, STRING, STRING), 0, VECTOR),
          stable("last_over_time", List.of(MATRIX), 0, VECTOR),
          stable("ln", List.of(VECTOR), 0, VECTOR),
          stable("log10", List.of(VECTOR), 0, VECTOR),
          stable("log2", List.of(VECTOR), 0, VECTOR),
          experimental("mad_over_time", List.of(MATRIX), 0, VECTOR),
          experimental("max_of", List.of(SCALAR, SCALAR), 0, SCALAR),
          stable("max_over_time", List.of(MATRIX), 0, VECTOR),
          experimental("min_of", List.of(SCALAR, SCALAR), 0, SCALAR),
          stable("min_over_time", List.of(MATRIX), 0, VECTOR),
          stable("minute", List.of(VECTOR), 1, VECTOR),
          stable("month", List.of(VECTOR), 1, VECTOR),
          stable("pi", List.of(), 0, SCALAR),
          stable("predict_linear", List.of(MATRIX, SCALAR), 0, VECTOR),
          stable("present_over_time", List.of(MATRIX), 0, VECTOR),
          stable("quantile_over_time", List.of(SCALAR, MATRIX), 0, VECTOR),
          stable("rad", List.of(VECTOR), 0, VECTOR),
          experimental("range", List.of(), 0, SCALAR),
          stable("rate", List.of(MATRIX), 0, VECTOR),
          stable("resets", List.of(MATRIX), 0, VECTOR),
          stable("round", List.of(VECTOR, SCALAR), 1, VECTOR),
          stable("scalar", List.of(VECTOR), 0, SCALAR),
          stable("sgn", List.of(VECTOR), 0, VECTOR),
          stable("sin", List.of(VECTOR), 0, VECTOR),
          stable("sinh", List.of(VECTOR), 0, VECTOR),
          stable("sort", List.of(VECTOR), 0, VECTOR),
          experimental("sort_by_label", List.of(VECTOR, STRING), -1, VECTOR),
          experimental("sort_by_label_desc", List.of(VECTOR, STRING), -1, VECTOR),
          stable("sort_desc", List.of(VECTOR), 0, VECTOR),
          stable("sqrt", List.of(VECTOR), 0, VECTOR),
          experimental("start", List.of(), 0, SCALAR),
          experimental("start_timestamp", List.of(VECTOR), 0, VECTOR),
          stable("stddev_over_time", List.of(MATRIX), 0, VECTOR),
          stable("stdvar_over_time", List.of(MATRIX), 0, VECTOR),
          experimental("step", List.of(), 0, SCALAR),
          stable("sum_over_time", List.of(MATRIX), 0, VECTOR),
          stable("tan", List.of(VECTOR), 0, VECTOR),
          stable("tanh", List.of(VECTOR), 0, VECTOR),
          stable("time", List.of(), 0, SCALAR),
          stable("timestamp", List.of(VECTOR), 0, VECTOR),
          experimental("ts_of_first_over_time", List.of(MATRIX), 0, VECTOR),
          experimental("ts_of_last_over_time", List.of(MATRIX), 0, VECTOR),
          experimental("ts_of_max_over_time", List.of(MATRIX), 0, VECTOR),
          experimental("ts_of_min_over_time", List.of(MATRIX), 0, VECTOR),
          stable("vector", List.of(SCALAR), 0, VECTOR),
          stable("year", List.of(VECTOR), 1, VECTOR));

  private static final Map<String, FunctionSignature> BY_NAME = byName();

  private FunctionSignatures() {}

  /** The function of that name; names are case-sensitive. */
  public static Optional<FunctionSignature> find(String name) {
    return Optional.ofNullable(BY_NAME.get(name));
  }

  /** All functions, sorted by name. */
  public static List<FunctionSignature> all() {
    return ALL;
  }

  private static Map<String, FunctionSignature> byName() {
    Map<String, FunctionSignature> map = new HashMap<>();
    for (FunctionSignature function : ALL) {
      map.put(function.name(), function);
    }
    return Map.copyOf(map);
  }

  private static FunctionSignature stable(
      String name, List<ValueType> arguments, int variadic, ValueType returns) {
    return new FunctionSignature(name, arguments, variadic, returns, false);
  }

  private static FunctionSignature experimental(
      String name, List<ValueType> arguments, int variadic, ValueType returns) {
    return new FunctionSignature(name, arguments, variadic, returns, true);
  }
}
