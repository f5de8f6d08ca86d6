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
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** An aggregation that yields one series per group: sum, avg, min, max, count, quantile … */
public final class FoldOperator implements Operator {
  private final Execution execution;
  private final Operator input;
  private final Grid grid;
  private final List<String> labels;
  private final boolean without;
  private final IntFunction<Fold> foldSource;
  private final AggregationNotes notes;
  private @Nullable Grouping grouping;
  private SeriesList series = SeriesList.EMPTY;
  private Column[] results = new Column[0];

  /**
   * @param fold makes the fold for so many groups; called once, when scalar arguments may be
   *     evaluated
   */
  FoldOperator(
      Execution execution,
      Operator input,
      Grid grid,
      List<String> labels,
      boolean without,
      IntFunction<Fold> fold,
      AggregationNotes notes) {
    this.execution = execution;
    this.input = input;
    this.grid = grid;
    this.labels = labels;
    this.without = without;
    this.foldSource = fold;
    this.notes = notes;
  }

  @Override
  public SeriesList series() {
    if (grouping == null) {
      grouping = new Grouping(input.series(), labels, without);
      series = grouping.series();
    }
    return series;
  }

  @Override
  public void prepare() {
    Grouping groups = grouping;
    if (groups == null) {
      throw new IllegalStateException("BUG: prepare before series");
    }
    long held = execution.samples().held();
    Fold fold = foldSource.apply(groups.groups());
    input.prepare();
    SeriesList folded = input.series();
    OrderedColumns.forEach(
        execution,
        input,
        grid.steps(),
        (i, column) -> {
          notes.at(folded, i);
          fold.add(groups.of(i), column);
        });
    results = new Column[groups.groups()];
    long samples = 0;
    for (int g = 0; g < results.length; g++) {
      results[g] = fold.result(g);
      samples += results[g].count();
    }
    execution.samples().settle(held, samples);
  }

  @Override
  public long heldBytes() {
    return Columns.bytes(results);
  }

  @Override
  public Column column(int i, Column into, Worker worker) {
    return results[i];
  }
}
