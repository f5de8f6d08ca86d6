package io.narthex.promql.exec.binary;

import io.narthex.model.labels.Labels;
import io.narthex.promql.exec.Columns;
import io.narthex.promql.exec.Execution;
import io.narthex.promql.exec.Grid;
import io.narthex.promql.exec.GroupTable;
import io.narthex.promql.exec.Operator;
import io.narthex.promql.exec.OrderedColumns;
import io.narthex.promql.exec.SeriesList;
import io.narthex.promql.exec.Worker;
import io.narthex.promql.function.Column;
import io.narthex.promql.syntax.BinaryExpr;
import io.narthex.promql.syntax.VectorMatching;
import io.narthex.promql.syntax.VectorMatching.Cardinality;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Arithmetic and comparison of two instant vectors.
 *
 * <p>Pairs are found by labels alone. Where each result has one pair of series, which is nearly
 * always, pairs are computed independently, and of the two sides only the "one" side of a group
 * join is held. Else, and where missing elements are filled in, {@link StepwiseJoin} goes step by
 * step.
 */
public final class JoinOperator implements Operator {
  private static final Labels[] NO_LABELS = new Labels[0];

  private final Execution execution;
  private final VectorMatching matching;
  private final Operator many;
  private final Operator one;
  private final boolean swapped;
  private final Grid grid;
  private final PairOperation operation;
  private final boolean oneToOne;
  private @Nullable SeriesList series;
  private @Nullable StepwiseJoin stepwise;
  private int[] manyOf = new int[0];
  private int[] oneOf = new int[0];
  private Column[] held = new Column[0];

  public JoinOperator(
      Execution execution, BinaryExpr expr, Operator left, Operator right, Grid grid) {
    this.execution = execution;
    this.matching = expr.matching();
    this.swapped = matching.cardinality() == Cardinality.ONE_TO_MANY;
    this.many = swapped ? right : left;
    this.one = swapped ? left : right;
    this.grid = grid;
    this.operation =
        new PairOperation(
            expr.operator(), expr.returnBool(), execution.annotations(), expr.position());
    this.oneToOne = matching.cardinality() == Cardinality.ONE_TO_ONE;
  }

  @Override
  public SeriesList series() {
    SeriesList found = series;
    if (found != null) {
      return found;
    }
    // Left before right, as errors of the left side come first.
    SeriesList first = swapped ? one.series() : many.series();
    SeriesList second = swapped ? many.series() : one.series();
    SeriesList manySeries = swapped ? second : first;
    SeriesList oneSeries = swapped ? first : second;
    GroupTable table = new GroupTable(matching.labels(), matching.on());
    int[] manyGroup = groups(table, manySeries);
    int[] oneGroup = groups(table, oneSeries);
    boolean dropsMetadata =
        operation.changesMetric() || (operation.returnBool() && !execution.delayedNames());
    JoinLabels labels = new JoinLabels(matching, dropsMetadata);
    int[] oneAt = onePerGroup(oneGroup, table.size());
    Labels[] results =
        oneAt == null || matching.fills()
            ? null
            : pair(manyGroup, oneAt, manySeries, oneSeries, labels);
    if (results == null) {
      stepwise = new StepwiseJoin(execution, matching, many, one, swapped, grid, operation, labels);
      found = stepwise.evaluate(manyGroup, oneGroup, table.size());
    } else {
      found = marked(results);
    }
    series = found;
    return found;
  }

  /** Whether labels alone did not tell which series meet; known when the series are. */
  public boolean isStepwise() {
    return stepwise != null;
  }

  private static int[] groups(GroupTable table, SeriesList series) {
    int[] groups = new int[series.size()];
    for (int i = 0; i < groups.length; i++) {
      groups[i] = table.group(series, i);
    }
    return groups;
  }

  /** The "one" side's series of each group, -1 for none; null where there are several. */
  private static int @Nullable [] onePerGroup(int[] groups, int count) {
    int[] at = new int[count];
    Arrays.fill(at, -1);
    for (int i = 0; i < groups.length; i++) {
      if (at[groups[i]] >= 0) {
        return null;
      }
      at[groups[i]] = i;
    }
    return at;
  }

  /** Pairs series up; null where two pairs have the same result. */
  private Labels @Nullable [] pair(
      int[] manyGroup,
      int[] oneAt,
      SeriesList manySeries,
      SeriesList oneSeries,
      JoinLabels labels) {
    int n = 0;
    for (int group : manyGroup) {
      n += oneAt[group] >= 0 ? 1 : 0;
    }
    manyOf = new int[n];
    oneOf = new int[n];
    Labels[] results = n == 0 ? NO_LABELS : new Labels[n];
    boolean[] taken = new boolean[oneAt.length];
    Set<Labels> distinct = HashSet.newHashSet(oneToOne ? 0 : n);
    int pairs = 0;
    for (int i = 0; i < manyGroup.length; i++) {
      int group = manyGroup[i];
      if (oneAt[group] < 0) {
        continue;
      }
      if (oneToOne && taken[group]) {
        return null;
      }
      taken[group] = true;
      manyOf[pairs] = i;
      oneOf[pairs] = oneAt[group];
      results[pairs] = labels.of(manySeries.labels(i), oneSeries.labels(oneAt[group]));
      if (!oneToOne && !distinct.add(results[pairs])) {
        return null;
      }
      pairs++;
    }
    return results;
  }

  private SeriesList marked(Labels[] labels) {
    if (!operation.returnBool() || !execution.delayedNames()) {
      return new SeriesList(labels, false);
    }
    boolean[] marks = new boolean[labels.length];
    Arrays.fill(marks, true);
    return new SeriesList(labels, marks);
  }

  @Override
  public void prepare() {
    if (stepwise != null) {
      return;
    }
    many.prepare();
    one.prepare();
    Leftovers.evaluate(execution, many, grid.steps(), manyOf);
    if (oneToOne) {
      Leftovers.evaluate(execution, one, grid.steps(), oneOf);
      return;
    }
    held = new Column[one.series().size()];
    boolean[] wanted = new boolean[held.length];
    for (int i : oneOf) {
      wanted[i] = true;
    }
    OrderedColumns.forEach(
        execution,
        one,
        grid.steps(),
        (i, column) -> {
          if (wanted[i]) {
            held[i] = new Column(grid.steps());
            held[i].copyFrom(column);
          }
        });
  }

  @Override
  public long heldBytes() {
    return stepwise == null ? Columns.bytes(held) : stepwise.heldBytes();
  }

  @Override
  public Column column(int i, Column into, Worker worker) {
    if (stepwise != null) {
      return stepwise.column(i);
    }
    Column a = many.column(manyOf[i], into, worker);
    if (!oneToOne) {
      combine(a, held[oneOf[i]], into);
      return into;
    }
    Column scratch = worker.borrow(into.steps);
    combine(a, one.column(oneOf[i], scratch, worker), into);
    worker.release(scratch);
    return into;
  }

  private void combine(Column manySide, Column oneSide, Column into) {
    if (swapped) {
      operation.apply(oneSide, manySide, into, false);
    } else {
      operation.apply(manySide, oneSide, into, false);
    }
  }
}
