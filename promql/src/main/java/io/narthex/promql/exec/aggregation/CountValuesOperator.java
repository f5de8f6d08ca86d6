package io.narthex.promql.exec.aggregation;

import io.narthex.model.histogram.FloatHistogram;
import io.narthex.model.labels.Labels;
import io.narthex.model.labels.LabelsBuilder;
import io.narthex.model.value.GoFloat;
import io.narthex.promql.exec.Columns;
import io.narthex.promql.exec.Execution;
import io.narthex.promql.exec.Grid;
import io.narthex.promql.exec.Operator;
import io.narthex.promql.exec.OrderedColumns;
import io.narthex.promql.exec.SeriesList;
import io.narthex.promql.exec.Worker;
import io.narthex.promql.function.Column;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * {@code count_values}: one series per group and value met. The labels follow from the values, so
 * that the input is evaluated as soon as the series are asked for.
 */
public final class CountValuesOperator implements Operator {
  private final Execution execution;
  private final Operator input;
  private final Grid grid;
  private final String label;
  private final List<String> grouping;
  private final boolean without;
  private final Map<Labels, Column> counts = new LinkedHashMap<>();
  private final List<Column> columns = new ArrayList<>();
  private SeriesList series = SeriesList.EMPTY;
  private boolean counted;

  CountValuesOperator(
      Execution execution,
      Operator input,
      Grid grid,
      String label,
      List<String> grouping,
      boolean without) {
    this.execution = execution;
    this.input = input;
    this.grid = grid;
    this.label = label;
    this.grouping = grouping;
    this.without = without;
  }

  @Override
  public SeriesList series() {
    if (counted) {
      return series;
    }
    counted = true;
    SeriesList all = input.series();
    long held = execution.samples().held();
    input.prepare();
    OrderedColumns.forEach(
        execution, input, grid.steps(), (i, column) -> count(all.labels(i), column));
    Labels[] labels = new Labels[counts.size()];
    int n = 0;
    long samples = 0;
    for (Map.Entry<Labels, Column> entry : counts.entrySet()) {
      labels[n++] = entry.getKey();
      columns.add(entry.getValue());
      samples += entry.getValue().count();
    }
    execution.samples().settle(held, samples);
    series = new SeriesList(labels, false);
    return series;
  }

  private void count(Labels labels, Column column) {
    String lastValue = null;
    Column into = null;
    for (int k = 0; k < grid.steps(); k++) {
      if (!column.has(k)) {
        continue;
      }
      FloatHistogram histogram = column.histogram(k);
      String value = histogram == null ? GoFloat.plain(column.values[k]) : histogram.toString();
      if (into == null || !value.equals(lastValue)) {
        into = counts.computeIfAbsent(group(labels, value), g -> new Column(grid.steps()));
        lastValue = value;
      }
      into.set(k, into.has(k) ? into.values[k] + 1 : 1);
    }
  }

  private Labels group(Labels labels, String value) {
    LabelsBuilder builder = new LabelsBuilder(labels).set(label, value);
    Labels all = builder.labels();
    if (without) {
      return all.filter(name -> !name.equals(Labels.METRIC_NAME) && !grouping.contains(name));
    }
    return all.filter(name -> name.equals(label) || grouping.contains(name));
  }

  @Override
  public void prepare() {}

  @Override
  public long heldBytes() {
    return Columns.bytes(columns);
  }

  @Override
  public Column column(int i, Column into, Worker worker) {
    return columns.get(i);
  }
}
