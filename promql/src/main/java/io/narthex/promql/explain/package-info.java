/**
 * What a query will do, or has done: the tree of operators that the engine really runs, with what
 * was expected of each and what it cost, and hints in plain words.
 *
 * <p>{@link io.narthex.promql.Engine#explain} yields an {@link
 * io.narthex.promql.explain.Explanation}. Nothing here takes part in a query that is not explained.
 */
@org.jspecify.annotations.NullMarked
package io.narthex.promql.explain;
