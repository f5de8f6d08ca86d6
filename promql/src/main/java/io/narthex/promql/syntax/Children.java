package io.narthex.promql.syntax;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** Rebuilds trees, which are immutable, with other parts. */
public final class Children {
  private Children() {}

  /**
   * The same node over changed expressions; one that stands over none is the node itself. A range
   * selector stands over none: its selector is part of it.
   */
  public static Expr map(Expr expr, UnaryOperator<Expr> change) {
    return switch (expr) {
      case NumberLiteral _, StringLiteral _, VectorSelector _, MatrixSelector _ -> expr;
      case SubqueryExpr subquery -> subquery.withExpr(change.apply(subquery.expr()));
      case ParenExpr paren -> new ParenExpr(change.apply(paren.expr()), paren.position());
      case UnaryExpr unary ->
          new UnaryExpr(unary.negative(), change.apply(unary.expr()), unary.position());
      case BinaryExpr binary ->
          new BinaryExpr(
              binary.operator(),
              change.apply(binary.left()),
              change.apply(binary.right()),
              binary.returnBool(),
              binary.matching(),
              binary.type(),
              binary.position());
      case AggregateExpr aggregate ->
          new AggregateExpr(
              aggregate.operator(),
              change.apply(aggregate.expr()),
              aggregate.parameter().map(change),
              aggregate.grouping(),
              aggregate.without(),
              aggregate.position());
      case Call call -> {
        List<Expr> arguments = new ArrayList<>(call.arguments().size());
        for (Expr argument : call.arguments()) {
          arguments.add(change.apply(argument));
        }
        yield new Call(call.function(), arguments, call.position());
      }
    };
  }
}
