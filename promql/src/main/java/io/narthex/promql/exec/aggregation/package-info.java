/**
 * Aggregations: series fall into groups by their labels, and columns are folded as they stream by,
 * so that memory is groups x steps.
 */
@org.jspecify.annotations.NullMarked
package io.narthex.promql.exec.aggregation;
