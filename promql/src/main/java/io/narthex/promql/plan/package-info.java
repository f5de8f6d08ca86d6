/**
 * From tree to operators: checks, durations, which parts no step changes, and what each selector
 * has to read.
 *
 * <p>{@link io.narthex.promql.plan.Planner} builds the operators of one query. Nothing is read or
 * computed here.
 */
@org.jspecify.annotations.NullMarked
package io.narthex.promql.plan;
