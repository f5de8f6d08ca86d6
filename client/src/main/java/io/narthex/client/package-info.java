/// Metrics of this program about itself: counters, gauges, histograms and summaries, kept in a
// [MetricRegistry]
/// instance that is handed around by constructor, and written in the Prometheus text format or as
// OpenMetrics 1.0
/// by [TextExposition].
///
/// Updates are lock-free (summaries with quantiles take a short lock) and allocate nothing; the
// cost is paid by the
/// scrape. [ProcessMetrics] and [RuntimeMetrics] add what the operating system and the runtime
// know.
///
/// Depends on no other module, so that anything may use it.
@NullMarked
package io.narthex.client;

import org.jspecify.annotations.NullMarked;
