package io.narthex.tsdb.exemplar;

import io.narthex.client.Counter;
import io.narthex.client.Gauge;
import io.narthex.client.MetricRegistry;

/** Exemplar storage's own metrics, named as Prometheus names them; once for each registry. */
public final class ExemplarMetrics {
  private static final String PREFIX = "prometheus_tsdb_exemplar_";

  final Counter appended;
  final Counter outOfOrder;
  final Gauge inStorage;
  final Gauge seriesInStorage;
  final Gauge oldestSeconds;
  final Gauge capacity;

  public ExemplarMetrics(MetricRegistry registry) {
    appended =
        registry.counter(
            PREFIX + "exemplars_appended_total", "Total number of appended exemplars.");
    outOfOrder =
        registry.counter(
            PREFIX + "out_of_order_exemplars_total",
            "Total number of out of order exemplar ingestion failed attempts.");
    inStorage =
        registry.gauge(
            PREFIX + "exemplars_in_storage", "Number of exemplars currently in circular storage.");
    seriesInStorage =
        registry.gauge(
            PREFIX + "series_with_exemplars_in_storage",
            "Number of series with exemplars currently in circular storage.");
    oldestSeconds =
        registry.gauge(
            PREFIX + "last_exemplars_timestamp_seconds",
            "The timestamp of the oldest exemplar stored in circular storage. It shows what time"
                + " range the current size of the storage covers.");
    capacity =
        registry.gauge(
            PREFIX + "max_exemplars",
            "Total number of exemplars the exemplar storage can store, resizeable.");
  }
}
