package io.narthex.promql;

import io.narthex.client.Counter;
import io.narthex.client.Family;
import io.narthex.client.Gauge;
import io.narthex.client.Histogram;
import io.narthex.client.MetricRegistry;
import io.narthex.client.Summary;

/** The engine's own metrics, {@code prometheus_engine_*}. */
final class EngineMetrics {
  final Gauge queries;
  final Counter samples;
  final Counter samplesRead;
  private final Family<Summary> durations;
  private final Family<Histogram> durationBuckets;

  EngineMetrics(MetricRegistry registry, int maxConcurrency) {
    queries =
        registry.gauge(
            "prometheus_engine_queries",
            "The current number of queries being executed or waiting.");
    registry
        .gauge("prometheus_engine_queries_concurrent_max", "The max number of concurrent queries.")
        .set(maxConcurrency);
    samples =
        registry.counter(
            "prometheus_engine_query_samples_total",
            "The total number of samples loaded by all queries (full window per step for"
                + " range-vector).");
    samplesRead =
        registry.counter(
            "prometheus_engine_query_samples_read_total",
            "The total number of samples read by all queries (only new points per step for"
                + " range-vector).");
    durations =
        registry.summaryFamily(
            "prometheus_engine_query_duration_seconds",
            "Query timings",
            new double[] {0.5, 0.9, 0.99},
            "slice");
    durationBuckets =
        registry.histogramFamily(
            "prometheus_engine_query_duration_histogram_seconds",
            "The duration of various parts of PromQL query execution.",
            new double[] {.01, .1, 1, 10},
            "slice");
    for (String slice : new String[] {"queue_time", "prepare_time", "inner_eval", "result_sort"}) {
      durations.labels(slice);
      durationBuckets.labels(slice);
    }
  }

  /** Counts a query that has come to its end, whichever. */
  void observe(QueryRun run) {
    samples.add(run.samples().total());
    samplesRead.add(run.samples().read());
    StopWatch watch = run.watch();
    observe("queue_time", watch.queueSeconds());
    observe("prepare_time", watch.prepareSeconds());
    observe("inner_eval", watch.innerSeconds());
    observe("result_sort", watch.sortSeconds());
  }

  private void observe(String slice, double seconds) {
    durations.labels(slice).observe(seconds);
    durationBuckets.labels(slice).observe(seconds);
  }
}
