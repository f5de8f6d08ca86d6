package io.narthex.promql.plan;

import io.narthex.promql.QueryExecutionException;
import io.narthex.promql.exec.Execution;
import io.narthex.promql.exec.Grid;
import io.narthex.promql.exec.Operator;
import io.narthex.promql.syntax.Call;

/** Builds {@code info}. */
final class InfoPlanner {
  private InfoPlanner() {}

  static Operator plan(Planner planner, Execution execution, Grid grid, Call call) {
    throw new QueryExecutionException("info() is not evaluated yet");
  }
}
