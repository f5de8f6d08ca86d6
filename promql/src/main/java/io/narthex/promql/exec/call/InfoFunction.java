package io.narthex.promql.exec.call;

import io.narthex.model.labels.Labels;
import io.narthex.model.labels.LabelsBuilder;
import io.narthex.model.labels.Matcher;
import io.narthex.promql.QueryExecutionException;
import io.narthex.promql.exec.DistinctOperator;
import io.narthex.promql.exec.Execution;
import io.narthex.promql.exec.Grid;
import io.narthex.promql.exec.GroupTable;
import io.narthex.promql.exec.Operator;
import io.narthex.promql.exec.OrderedColumns;
import io.narthex.promql.exec.SeriesList;
import io.narthex.promql.exec.TimeShift;
import io.narthex.promql.exec.Worker;
import io.narthex.promql.exec.selector.InstantSelector;
import io.narthex.promql.exec.selector.Selection;
import io.narthex.promql.function.Column;
import io.narthex.storage.SelectHints;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * {@code info}: adds to each series the data labels of the info series with the same identifying
 * labels. Which info series there is, and so the labels, may change from step to step, so that all
 * is evaluated as soon as the series are asked for.
 */
public final class InfoFunction implements Operator {
  private static final int NONE = -1;

  private final Execution execution;
  private final Operator input;
  private final Grid grid;
  private final InfoMatchers matchers;
  private final TimeShift shift;
  private final long start;
  private final long end;
  private final Map<Labels, Column> results = new LinkedHashMap<>();
  private final Map<Labels, Boolean> marks = new LinkedHashMap<>();
  private List<Column> columns = List.of();
  private @Nullable SeriesList series;

  /** The info series, those of one metric and one identity together. */
  private record Infos(
      SeriesList series, Map<Integer, List<int[]>> newestOf, GroupTable identities) {}

  /**
   * @param given the conditions of the second argument
   * @param shift where info series are looked at
   * @param start first time to read of them
   * @param end last time to read of them
   */
  public InfoFunction(
      Execution execution,
      Operator input,
      Grid grid,
      List<Matcher> given,
      boolean hasSelector,
      TimeShift shift,
      long start,
      long end) {
    this.execution = execution;
    this.input = input;
    this.grid = grid;
    this.matchers = new InfoMatchers(hasSelector ? given : List.of());
    this.shift = shift;
    this.start = start;
    this.end = end;
  }

  @Override
  public SeriesList series() {
    SeriesList known = series;
    if (known == null) {
      known = evaluate();
      series = known;
    }
    return known;
  }

  private SeriesList evaluate() {
    SeriesList base = input.series();
    input.prepare();
    Infos infos = infos(matchers.selecting(base));
    OrderedColumns.forEach(
        execution, input, grid.steps(), (i, column) -> enrich(base, i, column, infos));
    Labels[] labels = results.keySet().toArray(Labels[]::new);
    columns = List.copyOf(results.values());
    if (!base.hasMarks()) {
      return new SeriesList(labels, false);
    }
    boolean[] marked = new boolean[labels.length];
    for (int i = 0; i < marked.length; i++) {
      marked[i] = marks.getOrDefault(labels[i], false);
    }
    return new SeriesList(labels, marked);
  }

  private Infos infos(List<Matcher> selecting) {
    GroupTable identities = new GroupTable(InfoMatchers.IDENTIFYING, true);
    if (selecting.isEmpty()) {
      return new Infos(SeriesList.EMPTY, Map.of(), identities);
    }
    SelectHints hints = new SelectHints(start, end, grid.step(), "info", List.of(), false, 0, 0);
    Selection selection = new Selection(execution, selecting, hints, false);
    SeriesList found = selection.series();
    refuseHistograms(selection, found);
    GroupTable metrics = new GroupTable(List.of("__name__", "instance", "job"), true);
    List<int[]> newest = new ArrayList<>();
    List<double[]> times = new ArrayList<>();
    Map<Integer, List<int[]>> newestOf = new LinkedHashMap<>();
    OrderedColumns.forEach(
        execution,
        new InstantSelector(execution, selection, grid, shift, InstantSelector.What.TIMESTAMP),
        grid.steps(),
        (i, column) -> {
          int metric = metrics.group(found, i);
          if (metric == newest.size()) {
            int[] none = new int[grid.steps()];
            Arrays.fill(none, NONE);
            newest.add(none);
            times.add(new double[grid.steps()]);
            newestOf.computeIfAbsent(identities.group(found, i), g -> new ArrayList<>()).add(none);
          }
          takeNewer(found, i, column, newest.get(metric), times.get(metric));
        });
    return new Infos(found, newestOf, identities);
  }

  private void refuseHistograms(Selection selection, SeriesList found) {
    OrderedColumns.forEach(
        execution,
        new InstantSelector(execution, selection, grid, shift, InstantSelector.What.VALUE),
        grid.steps(),
        (i, column) -> {
          if (column.histograms != null) {
            throw new QueryExecutionException(
                "this should be an info metric, with float samples: " + found.labels(i));
          }
        });
  }

  private static void takeNewer(
      SeriesList found, int i, Column column, int[] newest, double[] times) {
    for (int k = 0; k < column.steps; k++) {
      if (!column.has(k)) {
        continue;
      }
      double time = column.values[k];
      if (newest[k] != NONE && times[k] == time) {
        long millis = Math.round(time * 1000);
        throw new QueryExecutionException(
            "found duplicate series for info metric: existing "
                + found.labels(newest[k])
                + " @ "
                + millis
                + ", new "
                + found.labels(i)
                + " @ "
                + millis);
      }
      if (newest[k] == NONE || time > times[k]) {
        newest[k] = i;
        times[k] = time;
      }
    }
  }

  private void enrich(SeriesList base, int i, Column column, Infos infos) {
    Labels labels = base.labels(i);
    boolean isInfo = matchers.isInfo(labels);
    List<int[]> metrics =
        isInfo
            ? List.of()
            : infos.newestOf().getOrDefault(infos.identities().group(base, i), List.of());
    int[] chosen = new int[metrics.size()];
    Column into = null;
    for (int k = 0; k < column.steps; k++) {
      if (!column.has(k)) {
        continue;
      }
      boolean same = into != null;
      boolean any = isInfo;
      for (int m = 0; m < chosen.length; m++) {
        int info = metrics.get(m)[k];
        any |= info != NONE;
        same &= chosen[m] == info;
        chosen[m] = info;
      }
      if (!any && !matchers.optional()) {
        into = null;
        continue;
      }
      if (!same || into == null) {
        Labels enriched = isInfo ? labels : enriched(labels, chosen, infos);
        into = results.computeIfAbsent(enriched, l -> new Column(grid.steps()));
        marks.putIfAbsent(enriched, base.nameMarked(i));
      }
      put(column, k, into);
    }
  }

  private static void put(Column from, int k, Column into) {
    if (into.has(k)) {
      throw new QueryExecutionException(DistinctOperator.SAME_LABELSET);
    }
    if (from.histogram(k) != null) {
      into.set(k, from.histogram(k));
    } else {
      into.set(k, from.values[k]);
    }
  }

  private Labels enriched(Labels base, int[] chosen, Infos infos) {
    LabelsBuilder taken = new LabelsBuilder();
    for (int info : chosen) {
      if (info != NONE) {
        take(base, infos.series().labels(info), taken);
      }
    }
    LabelsBuilder result = new LabelsBuilder(base);
    for (int i = 0; i < taken.size(); i++) {
      result.set(taken.name(i), taken.value(i));
    }
    return result.labels();
  }

  private void take(Labels base, Labels info, LabelsBuilder taken) {
    for (int i = 0; i < info.size(); i++) {
      String name = info.name(i);
      if (name.equals(Labels.METRIC_NAME) || !matchers.takes(name)) {
        continue;
      }
      String known = taken.get(name);
      if (!known.isEmpty() && !known.equals(info.value(i))) {
        throw new QueryExecutionException("conflicting label: " + name);
      }
      if (!base.has(name)) {
        taken.set(name, info.value(i));
      }
    }
  }

  @Override
  public void prepare() {}

  @Override
  public Column column(int i, Column into, Worker worker) {
    return columns.get(i);
  }
}
