package io.narthex.promql.exec.binary;

import io.narthex.promql.exec.Execution;
import io.narthex.promql.exec.Operator;
import io.narthex.promql.exec.OrderedColumns;
import io.narthex.promql.exec.SeriesList;
import io.narthex.promql.exec.Worker;
import io.narthex.promql.function.Column;

/**
 * Evaluates the series of one side that have no partner on the other, and forgets them: their
 * errors and annotations, and the samples they look at, are part of the query even so.
 */
final class Leftovers implements Operator {
  private final Operator side;
  private final int[] picked;
  private final SeriesList series;

  private Leftovers(Operator side, int[] picked) {
    this.side = side;
    this.picked = picked;
    this.series = side.series().pick(picked);
  }

  /**
   * @param side an operator that is prepared
   * @param used positions of the series that are evaluated elsewhere
   */
  static void evaluate(Execution execution, Operator side, int steps, int[] used) {
    int n = side.series().size();
    boolean[] seen = new boolean[n];
    int rest = n;
    for (int i : used) {
      rest -= seen[i] ? 0 : 1;
      seen[i] = true;
    }
    if (rest == 0) {
      return;
    }
    int[] picked = new int[rest];
    for (int i = 0, at = 0; i < n; i++) {
      if (!seen[i]) {
        picked[at++] = i;
      }
    }
    long held = execution.samples().held();
    OrderedColumns.forEach(execution, new Leftovers(side, picked), steps, (_, _) -> {});
    execution.samples().settle(held, 0);
  }

  @Override
  public SeriesList series() {
    return series;
  }

  @Override
  public void prepare() {}

  @Override
  public Column column(int i, Column into, Worker worker) {
    return side.column(picked[i], into, worker);
  }
}
