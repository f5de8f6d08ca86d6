package io.narthex.promql.syntax;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.stream.Stream;

/** How deep a tree is: chains of operators make it as deep as they are long. */
public final class Depth {
  private record Level(Expr expr, int depth) {}

  private Depth() {}

  /** Whether there are more than so many nodes within each other; does not recurse. */
  public static boolean exceeds(Expr expr, int limit) {
    Deque<Level> open = new ArrayDeque<>();
    open.push(new Level(expr, 1));
    while (!open.isEmpty()) {
      Level level = open.pop();
      if (level.depth > limit) {
        return true;
      }
      for (Expr child : children(level.expr)) {
        open.push(new Level(child, level.depth + 1));
      }
    }
    return false;
  }

  private static List<Expr> children(Expr expr) {
    return switch (expr) {
      case AggregateExpr aggregate ->
          Stream.concat(aggregate.parameter().stream(), Stream.of(aggregate.expr())).toList();
      case BinaryExpr binary -> List.of(binary.left(), binary.right());
      case Call call -> call.arguments();
      case MatrixSelector matrix -> List.of(matrix.selector());
      case ParenExpr paren -> List.of(paren.expr());
      case SubqueryExpr subquery -> List.of(subquery.expr());
      case UnaryExpr unary -> List.of(unary.expr());
      case NumberLiteral _, StringLiteral _, VectorSelector _ -> List.of();
    };
  }
}
