/** Expressions evaluated on a grid of their own: subqueries, and parts that no step changes. */
@org.jspecify.annotations.NullMarked
package io.narthex.promql.exec.subquery;
