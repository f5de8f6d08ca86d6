package io.narthex.web;

import io.narthex.client.Counter;
import io.narthex.client.ExpositionFormat;
import io.narthex.client.MetricRegistry;
import io.narthex.config.Config;
import io.narthex.http.server.Exchange;
import io.narthex.http.server.Parameters;
import io.narthex.http.server.ResponseStream;
import io.narthex.model.histogram.FloatHistogram;
import io.narthex.model.labels.Labels;
import io.narthex.model.labels.Matcher;
import io.narthex.model.labels.Utf8Order;
import io.narthex.model.value.StaleMarker;
import io.narthex.promql.syntax.ParseException;
import io.narthex.promql.syntax.Parser;
import io.narthex.storage.NotReadyException;
import io.narthex.storage.Querier;
import io.narthex.storage.Queryable;
import io.narthex.storage.SampleBuffer;
import io.narthex.storage.SelectHints;
import io.narthex.storage.SeriesSet;
import io.narthex.storage.StorageException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** `/federate`: the newest sample of each selected series, for another server to scrape. */
final class FederateHandler {
  private record Newest(
      Labels labels, long timestampMillis, double value, @Nullable FloatHistogram histogram) {}

  private final Queryable storage;
  private final Supplier<Config> config;
  private final long lookbackMillis;
  private final LongSupplier nowMillis;
  private final Counter errors;
  private final Counter warnings;

  FederateHandler(
      Queryable storage,
      Supplier<Config> config,
      long lookbackMillis,
      LongSupplier nowMillis,
      MetricRegistry registry) {
    this.storage = storage;
    this.config = config;
    this.lookbackMillis = lookbackMillis;
    this.nowMillis = nowMillis;
    errors =
        registry.counter(
            "prometheus_web_federation_errors_total",
            "Total number of errors that occurred while sending federation responses.");
    warnings =
        registry.counter(
            "prometheus_web_federation_warnings_total",
            "Total number of warnings that occurred while sending federation responses.");
  }

  void federate(Exchange exchange) throws IOException {
    exchange.addResponseHeader("Vary", "Accept-Encoding");
    exchange.compress();
    Parameters parameters = exchange.parameters();
    if (!parameters.error().isEmpty()) {
      exchange.respondError(400, "error parsing form values: " + parameters.error());
      return;
    }
    List<Newest> found;
    try {
      found = newest(selectors(parameters));
    } catch (ParseException e) {
      exchange.respondError(400, e.getMessage());
      return;
    } catch (StorageException e) {
      errors.inc();
      exchange.respondError(e instanceof NotReadyException ? 503 : 500, e.getMessage());
      return;
    }
    ExpositionFormat format = ExpositionFormat.negotiateText(exchange.header("Accept").orElse(""));
    try (ResponseStream out = exchange.output(format.contentType())) {
      write(
          found,
          new FederationWriter(out, config.get().global().externalLabels(), escaping(format)));
    }
  }

  private static EscapingScheme escaping(ExpositionFormat format) {
    return EscapingScheme.ofContentType(format.contentType());
  }

  private static List<List<Matcher>> selectors(Parameters parameters) throws ParseException {
    List<List<Matcher>> sets = new ArrayList<>();
    for (String selector : parameters.all("match[]")) {
      sets.add(Parser.parseSelector(selector));
    }
    return sets;
  }

  /** The newest samples, sorted by metric name and then by labels. */
  private List<Newest> newest(List<List<Matcher>> sets) {
    long maxt = nowMillis.getAsLong();
    long mint = maxt - lookbackMillis;
    Map<Labels, Newest> byLabels = new TreeMap<>();
    try (Querier querier = storage.querier(mint, maxt)) {
      SampleBuffer buffer = new SampleBuffer();
      for (List<Matcher> matchers : sets) {
        SeriesSet set = querier.select(SelectHints.range(mint, maxt), matchers);
        warnings.add(set.warnings().size());
        for (int i = 0; i < set.size(); i++) {
          set.read(i, mint, maxt, buffer);
          add(byLabels, set.labels(i), buffer);
        }
      }
    }
    List<Newest> sorted = new ArrayList<>(byLabels.values());
    sorted.sort(Comparator.comparing(sample -> sample.labels().metricName(), Utf8Order::compare));
    return sorted;
  }

  private static void add(Map<Labels, Newest> byLabels, Labels labels, SampleBuffer buffer) {
    int last = buffer.size() - 1;
    if (last < 0 || labels.metricName().isEmpty() || StaleMarker.is(buffer.values[last])) {
      return;
    }
    FloatHistogram histogram = buffer.hasHistograms() ? buffer.histograms[last] : null;
    byLabels.put(
        labels, new Newest(labels, buffer.timestamps[last], buffer.values[last], histogram));
  }

  private static void write(List<Newest> samples, FederationWriter writer) throws IOException {
    for (Newest sample : samples) {
      if (sample.histogram() == null) {
        writer.sample(sample.labels(), sample.timestampMillis(), sample.value());
      } else {
        writer.histogram(sample.labels(), sample.timestampMillis(), sample.histogram());
      }
    }
    writer.flush();
  }
}
