package io.narthex.promql.exec.call;

import io.narthex.model.labels.Labels;
import io.narthex.promql.exec.Columns;
import io.narthex.promql.exec.Execution;
import io.narthex.promql.exec.Operator;
import io.narthex.promql.exec.OrderedColumns;
import io.narthex.promql.exec.SeriesList;
import io.narthex.promql.exec.Worker;
import io.narthex.promql.function.Column;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The sort functions, for instant queries: elsewhere results are ordered by labels and sorting only
 * drops what it does not sort.
 */
public final class SortFunction implements Operator {
  private final Execution execution;
  private final Operator input;
  private final int steps;
  private final boolean floatsOnly;
  private final Comparator<Element> order;
  private Column[] columns = new Column[0];
  private @Nullable SeriesList series;

  /** One series of the input with its value at the first step. */
  public record Element(int series, double value, Labels labels) {}

  private SortFunction(
      Execution execution,
      Operator input,
      int steps,
      boolean floatsOnly,
      Comparator<Element> order) {
    this.execution = execution;
    this.input = input;
    this.steps = steps;
    this.floatsOnly = floatsOnly;
    this.order = order;
  }

  /** {@code sort} and {@code sort_desc}: NaN last either way. */
  public static SortFunction byValue(
      Execution execution, Operator input, int steps, boolean descending) {
    Comparator<Element> order =
        (a, b) -> {
          boolean nanA = Double.isNaN(a.value());
          boolean nanB = Double.isNaN(b.value());
          if (nanA || nanB) {
            return Boolean.compare(nanA, nanB);
          }
          int c = a.value() < b.value() ? -1 : a.value() > b.value() ? 1 : 0;
          return descending ? -c : c;
        };
    return new SortFunction(execution, input, steps, true, order);
  }

  /** {@code sort_by_label}: by the labels given, numbers in them by size, then by all labels. */
  public static SortFunction byLabels(
      Execution execution, Operator input, int steps, List<String> names, boolean descending) {
    Comparator<Element> order =
        (a, b) -> {
          for (String name : names) {
            String x = a.labels().get(name);
            String y = b.labels().get(name);
            if (!x.equals(y)) {
              return NaturalOrder.isBefore(x, y) ? -1 : 1;
            }
          }
          return a.labels().compareTo(b.labels());
        };
    return new SortFunction(execution, input, steps, false, descending ? order.reversed() : order);
  }

  @Override
  public SeriesList series() {
    SeriesList known = series;
    if (known != null) {
      return known;
    }
    SeriesList all = input.series();
    if (steps != 1) {
      series = all;
      return all;
    }
    input.prepare();
    List<Element> elements = new ArrayList<>();
    columns = new Column[all.size()];
    OrderedColumns.forEach(
        execution,
        input,
        steps,
        (i, column) -> {
          if (column.has(0) && !(floatsOnly && column.histogram(0) != null)) {
            columns[i] = new Column(steps);
            columns[i].copyFrom(column);
            elements.add(new Element(i, column.values[0], all.labels(i)));
          }
        });
    elements.sort(order);
    int[] picked = new int[elements.size()];
    Column[] sorted = new Column[picked.length];
    for (int i = 0; i < picked.length; i++) {
      picked[i] = elements.get(i).series();
      sorted[i] = columns[picked[i]];
    }
    columns = sorted;
    known = all.pick(picked);
    series = known;
    return known;
  }

  @Override
  public void prepare() {
    if (steps != 1) {
      input.prepare();
    }
  }

  @Override
  public long heldBytes() {
    return Columns.bytes(columns);
  }

  @Override
  public Column column(int i, Column into, Worker worker) {
    if (steps == 1) {
      return columns[i];
    }
    Column in = input.column(i, into, worker);
    if (!floatsOnly || in.histograms == null) {
      return in;
    }
    if (in != into) {
      into.copyFrom(in);
    }
    into.dropHistograms();
    return into;
  }
}
