package io.narthex.promql.syntax;

/** The operators that fold an instant vector into groups. */
public enum AggregateOperator {
  SUM("sum"),
  AVG("avg"),
  COUNT("count"),
  MIN("min"),
  MAX("max"),
  GROUP("group"),
  STDDEV("stddev"),
  STDVAR("stdvar"),
  TOPK("topk"),
  BOTTOMK("bottomk"),
  COUNT_VALUES("count_values"),
  QUANTILE("quantile"),
  LIMITK("limitk"),
  LIMIT_RATIO("limit_ratio");

  private final String text;

  AggregateOperator(String text) {
    this.text = text;
  }

  /** Whether a parameter precedes the vector: a string for {@code count_values}, else a scalar. */
  public boolean hasParameter() {
    return switch (this) {
      case TOPK, BOTTOMK, COUNT_VALUES, QUANTILE, LIMITK, LIMIT_RATIO -> true;
      case SUM, AVG, COUNT, MIN, MAX, GROUP, STDDEV, STDVAR -> false;
    };
  }

  /** Needs the feature {@code promql-experimental-functions}. */
  public boolean isExperimental() {
    return this == LIMITK || this == LIMIT_RATIO;
  }

  /** As written in a query. */
  @Override
  public String toString() {
    return text;
  }
}
