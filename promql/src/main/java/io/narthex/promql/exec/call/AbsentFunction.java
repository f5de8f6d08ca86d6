package io.narthex.promql.exec.call;

import io.narthex.model.labels.Labels;
import io.narthex.model.labels.LabelsBuilder;
import io.narthex.model.labels.MatchType;
import io.narthex.model.labels.Matcher;
import io.narthex.promql.exec.Columns;
import io.narthex.promql.exec.Execution;
import io.narthex.promql.exec.Operator;
import io.narthex.promql.exec.OrderedColumns;
import io.narthex.promql.exec.SeriesList;
import io.narthex.promql.exec.Worker;
import io.narthex.promql.function.Column;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** {@code absent} and {@code absent_over_time}: 1 at steps where no input series has a sample. */
public final class AbsentFunction implements Operator {
  private final Execution execution;
  private final Operator input;
  private final int steps;
  private final SeriesList series;
  private Column column = new Column(0);

  /**
   * @param matchers those of the selector that is looked at, none for other expressions
   */
  public AbsentFunction(Execution execution, Operator input, int steps, List<Matcher> matchers) {
    this.execution = execution;
    this.input = input;
    this.steps = steps;
    this.series = new SeriesList(new Labels[] {labels(matchers)}, true);
  }

  /** What the missing series would have: the labels that exactly one condition fixes. */
  static Labels labels(List<Matcher> matchers) {
    LabelsBuilder builder = new LabelsBuilder();
    Set<String> fixed = new HashSet<>();
    for (Matcher matcher : matchers) {
      String name = matcher.name();
      if (name.equals(Labels.METRIC_NAME)) {
        continue;
      }
      if (matcher.type() == MatchType.EQUAL && fixed.add(name)) {
        builder.set(name, matcher.value());
      } else {
        builder.remove(name);
      }
    }
    return builder.labels();
  }

  @Override
  public SeriesList series() {
    input.series();
    return series;
  }

  @Override
  public void prepare() {
    Column absent = new Column(steps);
    absent.markAll();
    Arrays.fill(absent.values, 1);
    long held = execution.samples().held();
    input.prepare();
    OrderedColumns.forEach(
        execution,
        input,
        steps,
        (i, found) -> {
          for (int w = 0; w < absent.present.length; w++) {
            absent.present[w] &= ~found.present[w];
          }
        });
    execution.samples().settle(held, absent.count());
    column = absent;
  }

  @Override
  public long heldBytes() {
    return Columns.bytes(column);
  }

  @Override
  public Column column(int i, Column into, Worker worker) {
    return column;
  }
}
