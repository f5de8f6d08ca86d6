package io.narthex.promql.exec.call;

import io.narthex.model.histogram.FloatHistogram;
import io.narthex.model.labels.GoQuote;
import io.narthex.model.labels.Labels;
import io.narthex.model.labels.LabelsBuilder;
import io.narthex.promql.Annotations;
import io.narthex.promql.exec.Execution;
import io.narthex.promql.exec.Grid;
import io.narthex.promql.exec.Operator;
import io.narthex.promql.exec.SeriesList;
import io.narthex.promql.exec.Worker;
import io.narthex.promql.function.Column;
import io.narthex.promql.syntax.PositionRange;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * {@code histogram_quantile}, {@code histogram_quantiles} and {@code histogram_fraction}. Input
 * series that differ in {@code le} alone are the buckets of one classic histogram; a native
 * histogram is a series of its own. One result series needs only its own buckets, so that memory is
 * that of one histogram.
 */
public final class HistogramFunction implements Operator {
  /** What is computed of a histogram at a step. */
  public interface Statistic {
    /** Whether there is a result at the step at all. */
    default boolean applies(int step) {
      return true;
    }

    double classic(ClassicBuckets buckets, int step);

    double nativeHistogram(FloatHistogram histogram, int step, NativeNotes notes);
  }

  /** One statistic, and the label that tells it from others of the same call. */
  public record Output(Statistic statistic, String label, String value) {}

  /** The input series of one histogram: classic buckets by ascending bound, and others. */
  private static final class Members {
    private final Labels labels;
    private final List<Integer> buckets = new ArrayList<>();
    private final List<Double> bounds = new ArrayList<>();
    private final List<Integer> others = new ArrayList<>();

    Members(Labels labels) {
      this.labels = labels;
    }

    void sort() {
      List<Integer> order = new ArrayList<>();
      for (int i = 0; i < buckets.size(); i++) {
        order.add(i);
      }
      order.sort(Comparator.comparingDouble(bounds::get));
      List<Integer> series = order.stream().map(buckets::get).toList();
      List<Double> sorted = order.stream().map(bounds::get).toList();
      buckets.clear();
      buckets.addAll(series);
      bounds.clear();
      bounds.addAll(sorted);
    }
  }

  private final Execution execution;
  private final Operator input;
  private final Grid grid;
  private final Supplier<List<Output>> outputSource;
  private List<Output> outputs = List.of();
  private final PositionRange position;
  private final Annotations annotations;
  private final List<Members> histograms = new ArrayList<>();
  private @Nullable SeriesList series;

  /**
   * @param outputs called once, when scalar arguments may be evaluated
   * @param position of the vector argument
   */
  public HistogramFunction(
      Execution execution,
      Operator input,
      Grid grid,
      Supplier<List<Output>> outputs,
      PositionRange position) {
    this.execution = execution;
    this.input = input;
    this.grid = grid;
    this.outputSource = outputs;
    this.position = position;
    this.annotations = execution.annotations();
  }

  @Override
  public SeriesList series() {
    SeriesList known = series;
    if (known != null) {
      return known;
    }
    outputs = outputSource.get();
    SeriesList all = input.series();
    Map<Labels, Members> byLabels = new LinkedHashMap<>();
    for (int i = 0; i < all.size(); i++) {
      sortIn(byLabels, all.labels(i), i);
    }
    histograms.addAll(byLabels.values());
    histograms.forEach(Members::sort);
    Labels[] labels = new Labels[histograms.size() * outputs.size()];
    int n = 0;
    for (Output output : outputs) {
      for (Members members : histograms) {
        labels[n++] =
            output.label().isEmpty()
                ? members.labels
                : new LabelsBuilder(members.labels).set(output.label(), output.value()).labels();
      }
    }
    known = new SeriesList(labels, false).withoutNames(execution.delayedNames());
    series = known;
    return known;
  }

  private static void sortIn(Map<Labels, Members> byLabels, Labels labels, int i) {
    Labels without = labels.without(Labels.BUCKET);
    Members members = byLabels.computeIfAbsent(without, Members::new);
    Double bound = parseBound(labels.get(Labels.BUCKET));
    if (bound == null) {
      members.others.add(i);
    } else {
      members.buckets.add(i);
      members.bounds.add(bound);
    }
  }

  private static @Nullable Double parseBound(String text) {
    String lower = text.toLowerCase(java.util.Locale.ROOT);
    switch (lower) {
      case "+inf", "inf", "+infinity", "infinity" -> {
        return Double.POSITIVE_INFINITY;
      }
      case "-inf", "-infinity" -> {
        return Double.NEGATIVE_INFINITY;
      }
      case "nan" -> {
        return Double.NaN;
      }
      default -> {
        boolean suspicious =
            text.isEmpty()
                || !text.equals(text.strip())
                || lower.endsWith("d")
                || lower.endsWith("f");
        if (suspicious) {
          return null;
        }
        try {
          return Double.valueOf(text);
        } catch (NumberFormatException e) {
          return null;
        }
      }
    }
  }

  @Override
  public void prepare() {
    input.prepare();
  }

  @Override
  public Column column(int i, Column into, Worker worker) {
    Members members = histograms.get(i % histograms.size());
    Output output = outputs.get(i / histograms.size());
    Column[] own = new Column[members.buckets.size() + members.others.size()];
    Column[] columns = new Column[own.length];
    for (int m = 0; m < own.length; m++) {
      own[m] = worker.borrow(into.steps);
      columns[m] = input.column(member(members, m), own[m], worker);
    }
    into.clear();
    ClassicBuckets buckets = new ClassicBuckets();
    for (int k = 0; k < grid.steps(); k++) {
      if (output.statistic().applies(k)) {
        step(members, columns, k, buckets, output.statistic(), into);
      }
    }
    for (Column column : own) {
      worker.release(column);
    }
    return into;
  }

  private static int member(Members members, int m) {
    int buckets = members.buckets.size();
    return m < buckets ? members.buckets.get(m) : members.others.get(m - buckets);
  }

  private void step(
      Members members,
      Column[] columns,
      int k,
      ClassicBuckets buckets,
      Statistic statistic,
      Column into) {
    buckets.clear();
    FloatHistogram histogram = null;
    int classic = members.buckets.size();
    for (int m = 0; m < columns.length; m++) {
      Column column = columns[m];
      if (!column.has(k)) {
        continue;
      }
      FloatHistogram found = column.histogram(k);
      if (found != null) {
        histogram = found;
      } else if (m < classic) {
        buckets.add(members.bounds.get(m), column.values[k]);
      } else {
        badBound(member(members, m));
      }
    }
    if (histogram != null && buckets.size() > 0) {
      annotations.warning(
          Annotations.forMetric(
              "vector contains a mix of classic and native histograms", name(members)),
          position);
    } else if (histogram != null) {
      NativeNotes notes = new NativeNotes(annotations, position, name(members));
      into.set(k, statistic.nativeHistogram(histogram, k, notes));
    } else if (buckets.size() > 0) {
      into.set(k, statistic.classic(buckets, k));
      if (buckets.forced) {
        annotations.forcedMonotonicity(
            name(members),
            position,
            grid.time(k),
            buckets.minBucket,
            buckets.maxBucket,
            buckets.maxDiff);
        buckets.forced = false;
      }
    }
  }

  private void badBound(int inputSeries) {
    Labels labels = input.series().labels(inputSeries);
    String text =
        "bucket label \"le\" is missing or has a malformed value of "
            + GoQuote.quote(labels.get(Labels.BUCKET));
    annotations.warning(
        execution.delayedNames() ? Annotations.forMetric(text, labels.metricName()) : text,
        position);
  }

  /** The metric's name, which is told only where names are removed late. */
  private String name(Members members) {
    return execution.delayedNames() ? members.labels.metricName() : "";
  }
}
