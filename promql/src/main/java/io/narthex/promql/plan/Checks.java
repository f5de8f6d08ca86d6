package io.narthex.promql.plan;

import io.narthex.promql.EngineOptions;
import io.narthex.promql.QueryParseException;
import io.narthex.promql.syntax.AggregateExpr;
import io.narthex.promql.syntax.AtModifier;
import io.narthex.promql.syntax.BinaryExpr;
import io.narthex.promql.syntax.Call;
import io.narthex.promql.syntax.DurationExpr;
import io.narthex.promql.syntax.Expr;
import io.narthex.promql.syntax.MatrixSelector;
import io.narthex.promql.syntax.NumberLiteral;
import io.narthex.promql.syntax.ParenExpr;
import io.narthex.promql.syntax.StringLiteral;
import io.narthex.promql.syntax.SubqueryExpr;
import io.narthex.promql.syntax.UnaryExpr;
import io.narthex.promql.syntax.ValueType;
import io.narthex.promql.syntax.VectorSelector;

/** What an engine may forbid although the language allows it. */
public final class Checks {
  private final EngineOptions options;

  public Checks(EngineOptions options) {
    this.options = options;
  }

  /** Refuses what a range query cannot yield. */
  public static void rangeType(Expr expr) {
    if (expr.type() != ValueType.VECTOR && expr.type() != ValueType.SCALAR) {
      throw new QueryParseException(
          "invalid expression type \""
              + expr.type().documentedName()
              + "\" for range query, must be Scalar or instant Vector");
    }
  }

  /** Refuses modifiers that are switched off. */
  public void modifiers(Expr expr) {
    if (options.atModifier() && options.negativeOffset()) {
      return;
    }
    switch (expr) {
      case VectorSelector selector -> modifiers(selector.at(), selector.offset());
      case MatrixSelector matrix -> modifiers(matrix.selector());
      case SubqueryExpr subquery -> {
        modifiers(subquery.at(), subquery.offset());
        modifiers(subquery.expr());
      }
      case AggregateExpr aggregate -> {
        modifiers(aggregate.expr());
        aggregate.parameter().ifPresent(this::modifiers);
      }
      case BinaryExpr binary -> {
        modifiers(binary.left());
        modifiers(binary.right());
      }
      case Call call -> call.arguments().forEach(this::modifiers);
      case ParenExpr paren -> modifiers(paren.expr());
      case UnaryExpr unary -> modifiers(unary.expr());
      case NumberLiteral _, StringLiteral _ -> {}
    }
  }

  private void modifiers(AtModifier at, DurationExpr offset) {
    if (at.isPresent() && !options.atModifier()) {
      throw new QueryParseException("@ modifier is disabled");
    }
    if (offset instanceof DurationExpr.Literal literal
        && literal.nanos() < 0
        && !options.negativeOffset()) {
      throw new QueryParseException("negative offset is disabled");
    }
  }
}
