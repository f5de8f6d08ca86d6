package io.narthex.promql.exec.binary;

import io.narthex.model.histogram.FloatHistogram;
import io.narthex.model.labels.Labels;
import io.narthex.promql.QueryExecutionException;
import io.narthex.promql.exec.Columns;
import io.narthex.promql.exec.DistinctOperator;
import io.narthex.promql.exec.Execution;
import io.narthex.promql.exec.Grid;
import io.narthex.promql.exec.Operator;
import io.narthex.promql.exec.OrderedColumns;
import io.narthex.promql.exec.SeriesList;
import io.narthex.promql.function.Column;
import io.narthex.promql.syntax.BinaryOperator;
import io.narthex.promql.syntax.VectorMatching;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A join where several series share matching labels, so that only the samples at each step tell
 * whether the match is unique, or where missing elements are filled in. Holds both sides.
 */
final class StepwiseJoin {
  private static final int FILLED = -1;

  /** A result's column with the step that was written last. */
  private static final class Result {
    private final Column column;
    private int lastStep = -1;

    Result(int steps) {
      column = new Column(steps);
    }
  }

  private final Execution execution;
  private final VectorMatching matching;
  private final Operator many;
  private final Operator one;
  private final boolean swapped;
  private final Grid grid;
  private final PairOperation operation;
  private final JoinLabels joinLabels;
  private final boolean oneToOne;
  private final Map<Labels, Result> results = new LinkedHashMap<>();
  private final Map<Long, Labels> pairLabels = new LinkedHashMap<>();
  private final Column scratch;
  private Column[] columns = new Column[0];
  private long heldBytes;

  StepwiseJoin(
      Execution execution,
      VectorMatching matching,
      Operator many,
      Operator one,
      boolean swapped,
      Grid grid,
      PairOperation operation,
      JoinLabels joinLabels) {
    this.execution = execution;
    this.matching = matching;
    this.many = many;
    this.one = one;
    this.swapped = swapped;
    this.grid = grid;
    this.operation = operation;
    this.joinLabels = joinLabels;
    this.oneToOne = matching.cardinality() == VectorMatching.Cardinality.ONE_TO_ONE;
    this.scratch = new Column(grid.steps());
  }

  Column column(int i) {
    return columns[i];
  }

  /** The most that was held at once: both sides and the result. */
  long heldBytes() {
    return heldBytes;
  }

  SeriesList evaluate(int[] manyGroup, int[] oneGroup, int groups) {
    many.prepare();
    one.prepare();
    Column[] manySide = hold(many);
    Column[] oneSide = hold(one);
    for (int k = 0; k < grid.steps(); k++) {
      execution.checkpoint();
      step(k, manySide, oneSide, manyGroup, oneGroup, groups);
    }
    Labels[] labels = new Labels[results.size()];
    columns = new Column[labels.length];
    int n = 0;
    for (Map.Entry<Labels, Result> entry : results.entrySet()) {
      labels[n] = entry.getKey();
      columns[n++] = entry.getValue().column;
    }
    heldBytes = Columns.bytes(manySide) + Columns.bytes(oneSide) + Columns.bytes(columns);
    boolean[] marks = new boolean[n];
    Arrays.fill(marks, operation.returnBool());
    return execution.delayedNames() ? new SeriesList(labels, marks) : new SeriesList(labels, false);
  }

  private Column[] hold(Operator side) {
    Column[] held = new Column[side.series().size()];
    OrderedColumns.forEach(
        execution,
        side,
        grid.steps(),
        (i, column) -> {
          held[i] = new Column(grid.steps());
          held[i].copyFrom(column);
        });
    return held;
  }

  private void step(
      int k, Column[] manySide, Column[] oneSide, int[] manyGroup, int[] oneGroup, int groups) {
    boolean anyMany = hasAny(manySide, k);
    boolean anyOne = hasAny(oneSide, k);
    if ((!anyMany && !anyOne) || ((!anyMany || !anyOne) && !matching.fills())) {
      return;
    }
    int[] oneAt = new int[groups];
    Arrays.fill(oneAt, -1);
    for (int i = 0; i < oneSide.length; i++) {
      if (oneSide[i].has(k)) {
        if (oneAt[oneGroup[i]] >= 0) {
          throw duplicate(oneAt[oneGroup[i]], i);
        }
        oneAt[oneGroup[i]] = i;
      }
    }
    @Nullable Set<Labels>[] matched = newSets(groups);
    // The parser has left and right mean the "many" and the "one" side in group joins.
    boolean fillsOne = matching.fillRight().isPresent();
    for (int i = 0; i < manySide.length; i++) {
      int group = manyGroup[i];
      if (manySide[i].has(k) && (oneAt[group] >= 0 || fillsOne)) {
        int at = oneAt[group] >= 0 ? oneAt[group] : FILLED;
        combine(k, i, at, manySide, oneSide, group, matched);
      }
    }
    boolean fillsMany = matching.fillLeft().isPresent();
    for (int i = 0; fillsMany && i < oneSide.length; i++) {
      if (oneSide[i].has(k) && matched[oneGroup[i]] == null) {
        combine(k, FILLED, i, manySide, oneSide, oneGroup[i], matched);
      }
    }
  }

  @SuppressWarnings("unchecked")
  private static @Nullable Set<Labels>[] newSets(int n) {
    return (Set<Labels>[]) new Set<?>[n];
  }

  private static boolean hasAny(Column[] columns, int k) {
    for (Column column : columns) {
      if (column.has(k)) {
        return true;
      }
    }
    return false;
  }

  private QueryExecutionException duplicate(int first, int second) {
    Labels a = one.series().labels(first);
    Labels b = one.series().labels(second);
    String x = a.toString();
    String y = b.toString();
    boolean ordered = x.compareTo(y) <= 0;
    return new QueryExecutionException(
        "found duplicate series for the match group "
            + joinLabels.matched(b)
            + " on the "
            + (swapped ? "left" : "right")
            + " hand-side of the operation: ["
            + (ordered ? x + ", " + y : y + ", " + x)
            + "];many-to-many matching not allowed: matching labels must be unique on one side");
  }

  private void combine(
      int k,
      int manyAt,
      int oneAt,
      Column[] manySide,
      Column[] oneSide,
      int group,
      @Nullable Set<Labels>[] matched) {
    double fillMany = matching.fillLeft().orElse(0);
    double fillOne = matching.fillRight().orElse(0);
    double a = manyAt == FILLED ? fillMany : manySide[manyAt].values[k];
    double b = oneAt == FILLED ? fillOne : oneSide[oneAt].values[k];
    FloatHistogram x = manyAt == FILLED ? null : manySide[manyAt].histogram(k);
    FloatHistogram y = oneAt == FILLED ? null : oneSide[oneAt].histogram(k);
    scratch.remove(k);
    if (swapped) {
      operation.combine(b, y, a, x, scratch, k, false);
    } else {
      operation.combine(a, x, b, y, scratch, k, false);
    }
    if (!scratch.has(k) && !comparable(x == null, y == null)) {
      return;
    }
    Labels labels = labels(manyAt, oneAt);
    claim(group, labels, matched);
    if (!scratch.has(k)) {
      return;
    }
    Result result = results.computeIfAbsent(labels, l -> new Result(grid.steps()));
    if (result.lastStep == k) {
      throw new QueryExecutionException(DistinctOperator.SAME_LABELSET);
    }
    result.lastStep = k;
    FloatHistogram histogram = scratch.histogram(k);
    if (histogram == null) {
      result.column.set(k, scratch.values[k]);
    } else {
      result.column.set(k, histogram);
    }
  }

  /** Whether a pair without result was at least compared, and so counts as a match. */
  private boolean comparable(boolean leftFloat, boolean rightFloat) {
    BinaryOperator operator = operation.operator();
    boolean equality = operator == BinaryOperator.EQUAL || operator == BinaryOperator.NOT_EQUAL;
    return leftFloat == rightFloat && (leftFloat || equality);
  }

  private void claim(int group, Labels labels, @Nullable Set<Labels>[] matched) {
    Set<Labels> known = matched[group];
    if (known == null) {
      known = new HashSet<>();
      matched[group] = known;
    } else if (oneToOne) {
      throw new QueryExecutionException(
          "multiple matches for labels: many-to-one matching must be explicit"
              + " (group_left/group_right)");
    }
    if (!known.add(labels)) {
      throw new QueryExecutionException(
          "multiple matches for labels: grouping labels must ensure unique matches");
    }
  }

  private Labels labels(int manyAt, int oneAt) {
    long key = (long) manyAt << 32 | oneAt & 0xFFFFFFFFL;
    return pairLabels.computeIfAbsent(
        key,
        pair -> {
          Labels m =
              manyAt == FILLED
                  ? joinLabels.matched(one.series().labels(oneAt))
                  : many.series().labels(manyAt);
          Labels o =
              oneAt == FILLED
                  ? joinLabels.matched(many.series().labels(manyAt))
                  : one.series().labels(oneAt);
          return joinLabels.of(m, o);
        });
  }
}
