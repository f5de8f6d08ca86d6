package io.narthex.promql.exec.aggregation;

import io.narthex.promql.exec.Columns;
import io.narthex.promql.exec.Execution;
import io.narthex.promql.exec.Grid;
import io.narthex.promql.exec.Operator;
import io.narthex.promql.exec.OrderedColumns;
import io.narthex.promql.exec.SeriesList;
import io.narthex.promql.exec.Worker;
import io.narthex.promql.function.Column;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Aggregations that let some input series through as they are: topk, bottomk, limitk, limit_ratio.
 * What passes, and in an instant query in which order, follows from the values, so that the input
 * is evaluated as soon as the series are asked for.
 */
public final class SelectingOperator implements Operator {
  /** Chooses samples, column by column. */
  interface Chooser {
    /** Called first. */
    void begin(SeriesList input, Grouping grouping);

    /** Takes one series' samples; the column is not kept. */
    void add(int series, int group, Column column);

    /** Passes on what was chosen, group by group and best first. */
    void finish(Chosen chosen);
  }

  /** Takes the samples chosen at each step. */
  final class Chosen {
    void sample(int step, int inputSeries, double value) {
      column(inputSeries).set(step, value);
    }

    void sample(int step, int inputSeries, io.narthex.model.histogram.FloatHistogram histogram) {
      column(inputSeries).set(step, histogram);
    }

    private Column column(int inputSeries) {
      Column column = columns[inputSeries];
      if (column == null) {
        column = new Column(grid.steps());
        columns[inputSeries] = column;
        order[passed++] = inputSeries;
      }
      return column;
    }
  }

  private final Execution execution;
  private final Operator input;
  private final Grid grid;
  private final List<String> labels;
  private final boolean without;
  private final Chooser chooser;
  private Column[] columns = new Column[0];
  private int[] order = new int[0];
  private int passed;
  private @Nullable SeriesList series;

  SelectingOperator(
      Execution execution,
      Operator input,
      Grid grid,
      List<String> labels,
      boolean without,
      Chooser chooser) {
    this.execution = execution;
    this.input = input;
    this.grid = grid;
    this.labels = labels;
    this.without = without;
    this.chooser = chooser;
  }

  @Override
  public SeriesList series() {
    SeriesList known = series;
    if (known != null) {
      return known;
    }
    SeriesList all = input.series();
    Grouping grouping = new Grouping(all, labels, without);
    long held = execution.samples().held();
    chooser.begin(all, grouping);
    input.prepare();
    OrderedColumns.forEach(
        execution, input, grid.steps(), (i, column) -> chooser.add(i, grouping.of(i), column));
    columns = new Column[all.size()];
    order = new int[all.size()];
    chooser.finish(new Chosen());
    int[] picked = java.util.Arrays.copyOf(order, passed);
    known = all.pick(picked);
    series = known;
    Column[] kept = new Column[passed];
    long samples = 0;
    for (int i = 0; i < passed; i++) {
      kept[i] = columns[picked[i]];
      samples += kept[i].count();
    }
    columns = kept;
    execution.samples().settle(held, samples);
    return known;
  }

  @Override
  public void prepare() {}

  @Override
  public long heldBytes() {
    return Columns.bytes(columns);
  }

  @Override
  public Column column(int i, Column into, Worker worker) {
    return columns[i];
  }
}
