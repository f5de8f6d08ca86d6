package io.narthex.promql.syntax;

import java.util.List;
import java.util.Optional;

/**
 * An aggregation over an instant vector.
 *
 * @param parameter present exactly where the operator has one
 * @param grouping labels to keep, or with {@code without} those to drop
 */
public record AggregateExpr(
    AggregateOperator operator,
    Expr expr,
    Optional<Expr> parameter,
    List<String> grouping,
    boolean without,
    PositionRange position)
    implements Expr {
  public AggregateExpr {
    grouping = List.copyOf(grouping);
  }

  @Override
  public ValueType type() {
    return ValueType.VECTOR;
  }

  @Override
  public String toString() {
    return Printer.print(this);
  }
}
