/**
 * Operators over a grid of steps: labels first, samples after.
 *
 * <p>An {@link io.narthex.promql.exec.Operator} first tells its {@link
 * io.narthex.promql.exec.SeriesList}, then yields any of its series as a {@link
 * io.narthex.promql.function.Column} over all steps. Operators that fold (aggregations, one side of
 * a join) do so in {@code prepare}, reading their input through {@link
 * io.narthex.promql.exec.OrderedColumns}, which computes independent series on several threads and
 * hands them over in order. {@link io.narthex.promql.exec.Execution} is what all operators of one
 * query share: limits, deadline, annotations and the querier. The operators themselves are in the
 * packages below, one family each; kernels over arrays are in {@code function}.
 */
@org.jspecify.annotations.NullMarked
package io.narthex.promql.exec;
