/** OpenMetrics 1.0: {@link io.narthex.exposition.openmetrics.OpenMetricsCursor}. */
@org.jspecify.annotations.NullMarked
package io.narthex.exposition.openmetrics;
