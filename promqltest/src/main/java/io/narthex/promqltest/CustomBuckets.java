package io.narthex.promqltest;

import io.narthex.model.histogram.CounterResetHint;
import io.narthex.model.histogram.FloatHistogram;
import io.narthex.model.labels.Labels;
import io.narthex.model.labels.LabelsBuilder;
import io.narthex.promql.syntax.SequenceValue;
import io.narthex.promql.syntax.SequenceValue.FloatValue;
import io.narthex.promqltest.ScriptStep.Load;
import io.narthex.promqltest.ScriptStep.LoadedSeries;
import io.narthex.storage.AppendResult;
import io.narthex.storage.Appender;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * Native histograms with custom bounds, collected from the classic histograms of a load: {@code
 * x_bucket}, {@code x_count} and {@code x_sum} make up {@code x}.
 */
final class CustomBuckets {
  private final int line;
  private final Map<Labels, TreeMap<Long, Classic>> histograms = new LinkedHashMap<>();

  /** One classic histogram at one time; bucket counts are cumulative, by upper bound. */
  private static final class Classic {
    final TreeMap<Double, Double> buckets = new TreeMap<>();
    double count = Double.NaN;
    double sum;
  }

  private CustomBuckets(int line) {
    this.line = line;
  }

  static CustomBuckets of(Load load) throws ScriptException {
    CustomBuckets collected = new CustomBuckets(load.line());
    for (LoadedSeries series : load.series()) {
      collected.collect(series, load.stepMillis());
    }
    return collected;
  }

  private void collect(LoadedSeries series, long stepMillis) throws ScriptException {
    String name = series.labels().metricName();
    if (name.endsWith("_bucket")) {
      double upper = upperBound(series.labels().get(Labels.BUCKET));
      if (!Double.isNaN(upper)) {
        eachValue(series, "_bucket", stepMillis, (classic, v) -> classic.buckets.put(upper, v));
      }
    } else if (name.endsWith("_count")) {
      eachValue(series, "_count", stepMillis, (classic, v) -> classic.count = v);
    } else if (name.endsWith("_sum")) {
      eachValue(series, "_sum", stepMillis, (classic, v) -> classic.sum = v);
    }
  }

  /** The bound, or not a number where it is none. */
  private static double upperBound(String text) {
    try {
      return text.equals("+Inf") ? Double.POSITIVE_INFINITY : Double.parseDouble(text);
    } catch (NumberFormatException e) {
      return Double.NaN;
    }
  }

  private interface Setter {
    void set(Classic classic, double value);
  }

  private void eachValue(LoadedSeries series, String suffix, long stepMillis, Setter setter)
      throws ScriptException {
    String name = series.labels().metricName();
    LabelsBuilder base = new LabelsBuilder(series.labels()).remove(Labels.BUCKET);
    base.set(Labels.METRIC_NAME, name.substring(0, name.length() - suffix.length()));
    TreeMap<Long, Classic> byTime = histograms.computeIfAbsent(base.labels(), _ -> new TreeMap<>());
    for (int i = 0; i < series.values().size(); i++) {
      if (series.values().get(i) instanceof FloatValue(double value)) {
        Classic classic = byTime.computeIfAbsent(i * stepMillis, _ -> new Classic());
        setter.set(classic, value);
      } else if (!(series.values().get(i) instanceof SequenceValue.Gap)) {
        throw new ScriptException(line, series.labels() + " has a histogram where a float belongs");
      }
    }
  }

  void append(Appender appender) throws ScriptException {
    for (Map.Entry<Labels, TreeMap<Long, Classic>> series : histograms.entrySet()) {
      long ref = appender.series(series.getKey());
      for (Map.Entry<Long, Classic> at : series.getValue().entrySet()) {
        AppendResult result = appender.append(ref, at.getKey(), convert(at.getValue()));
        Loader.check(result, series.getKey(), at.getKey(), line);
      }
    }
  }

  private static FloatHistogram convert(Classic classic) {
    TreeMap<Double, Double> buckets = new TreeMap<>(classic.buckets);
    double highest = buckets.isEmpty() ? 0 : buckets.lastEntry().getValue();
    double count = Double.isNaN(classic.count) ? highest : classic.count;
    buckets.putIfAbsent(Double.POSITIVE_INFINITY, count);
    double[] bounds = new double[buckets.size() - 1];
    double[] counts = new double[buckets.size()];
    double before = 0;
    int i = 0;
    for (Map.Entry<Double, Double> bucket : buckets.entrySet()) {
      if (i < bounds.length) {
        bounds[i] = bucket.getKey();
      }
      counts[i++] = bucket.getValue() - before;
      before = bucket.getValue();
    }
    return new FloatHistogram(
        CounterResetHint.UNKNOWN,
        FloatHistogram.CUSTOM_BUCKETS_SCHEMA,
        0,
        0,
        count,
        classic.sum,
        new int[] {0, counts.length},
        counts,
        new int[0],
        new double[0],
        bounds);
  }
}
