package io.narthex.promql.syntax;

/** The operators between two expressions. */
public enum BinaryOperator {
  OR("or", 1, Kind.SET),
  AND("and", 2, Kind.SET),
  UNLESS("unless", 2, Kind.SET),
  EQUAL("==", 3, Kind.COMPARISON),
  NOT_EQUAL("!=", 3, Kind.COMPARISON),
  LESS("<", 3, Kind.COMPARISON),
  LESS_OR_EQUAL("<=", 3, Kind.COMPARISON),
  GREATER(">", 3, Kind.COMPARISON),
  GREATER_OR_EQUAL(">=", 3, Kind.COMPARISON),
  /** Keeps of a native histogram what lies below a bound. */
  TRIM_UPPER("</", 3, Kind.ARITHMETIC),
  /** Keeps of a native histogram what lies above a bound. */
  TRIM_LOWER(">/", 3, Kind.ARITHMETIC),
  ADD("+", 4, Kind.ARITHMETIC),
  SUBTRACT("-", 4, Kind.ARITHMETIC),
  MULTIPLY("*", 5, Kind.ARITHMETIC),
  DIVIDE("/", 5, Kind.ARITHMETIC),
  MODULO("%", 5, Kind.ARITHMETIC),
  ATAN2("atan2", 5, Kind.ARITHMETIC),
  POWER("^", 6, Kind.ARITHMETIC);

  private enum Kind {
    SET,
    COMPARISON,
    ARITHMETIC
  }

  private final String symbol;
  private final int precedence;
  private final Kind kind;

  BinaryOperator(String symbol, int precedence, Kind kind) {
    this.symbol = symbol;
    this.precedence = precedence;
    this.kind = kind;
  }

  /** As written in a query. */
  public String symbol() {
    return symbol;
  }

  /** Higher binds tighter. */
  int precedence() {
    return precedence;
  }

  /** {@code and}, {@code or}, {@code unless}. */
  public boolean isSet() {
    return kind == Kind.SET;
  }

  /** Those that filter, or yield 0 and 1 with {@code bool}. */
  public boolean isComparison() {
    return kind == Kind.COMPARISON;
  }

  @Override
  public String toString() {
    return symbol;
  }
}
