package io.narthex.promql.syntax;

/**
 * A node of a parsed query. Trees are immutable and acyclic, at most 2,000 nodes deep, and {@code
 * toString()} of any node is its canonical one-line form.
 *
 * <p>Equality includes positions: the same text at two places is two different nodes.
 */
public sealed interface Expr
    permits AggregateExpr,
        BinaryExpr,
        Call,
        MatrixSelector,
        NumberLiteral,
        ParenExpr,
        StringLiteral,
        SubqueryExpr,
        UnaryExpr,
        VectorSelector {
  /** What the expression yields. */
  ValueType type();

  /** Where it stands in the query; annotations point at it. */
  PositionRange position();
}
