package io.narthex.promql.syntax;

import io.narthex.promql.syntax.VectorMatching.Cardinality;

/** Builds operator nodes with what follows from their sides. */
final class Operators {
  private Operators() {}

  static BinaryExpr binary(
      BinaryOperator operator,
      Expr left,
      Expr right,
      boolean returnBool,
      VectorMatching written,
      PositionRange position) {
    boolean vectors = left.type() == ValueType.VECTOR && right.type() == ValueType.VECTOR;
    boolean scalars = left.type() == ValueType.SCALAR && right.type() == ValueType.SCALAR;
    VectorMatching matching = written;
    if (vectors && operator.isSet() && matching.cardinality() == Cardinality.ONE_TO_ONE) {
      matching = matching.withCardinality(Cardinality.MANY_TO_MANY);
    } else if (!vectors && matching.labels().isEmpty() && !matching.fills()) {
      matching = VectorMatching.DEFAULT;
    }
    ValueType type = scalars ? ValueType.SCALAR : ValueType.VECTOR;
    return new BinaryExpr(operator, left, right, returnBool, matching, type, position);
  }
}
