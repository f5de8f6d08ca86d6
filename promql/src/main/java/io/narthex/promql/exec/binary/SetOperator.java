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
import io.narthex.promql.syntax.BinaryOperator;
import io.narthex.promql.syntax.VectorMatching;
import java.util.Arrays;

/**
 * {@code and}, {@code or}, {@code unless}: series of one side pass at steps where the other side
 * has (or has not) any sample with the same matching labels. Of that other side only these steps
 * are kept, as bits per group.
 */
public final class SetOperator implements Operator {
  private final Execution execution;
  private final BinaryOperator operator;
  private final VectorMatching matching;
  private final Operator left;
  private final Operator right;
  private final Grid grid;
  private SeriesList series = SeriesList.EMPTY;
  private int[] leftGroup = new int[0];
  private int[] rightGroup = new int[0];
  private int[] picked = new int[0];
  private int leftSize;
  private long[][] presence = new long[0][];
  private Column[] kept = new Column[0];
  private boolean known;

  public SetOperator(
      Execution execution,
      BinaryOperator operator,
      VectorMatching matching,
      Operator left,
      Operator right,
      Grid grid) {
    this.execution = execution;
    this.operator = operator;
    this.matching = matching;
    this.left = left;
    this.right = right;
    this.grid = grid;
  }

  @Override
  public SeriesList series() {
    if (known) {
      return series;
    }
    known = true;
    GroupTable table = new GroupTable(matching.labels(), matching.on());
    SeriesList leftSeries = left.series();
    SeriesList rightSeries = right.series();
    leftGroup = groups(table, leftSeries);
    rightGroup = groups(table, rightSeries);
    presence = new long[table.size()][];
    leftSize = leftSeries.size();
    series =
        operator == BinaryOperator.OR
            ? both(leftSeries, rightSeries)
            : leftPart(leftSeries, table.size());
    return series;
  }

  private static int[] groups(GroupTable table, SeriesList series) {
    int[] groups = new int[series.size()];
    for (int i = 0; i < groups.length; i++) {
      groups[i] = table.group(series, i);
    }
    return groups;
  }

  private SeriesList leftPart(SeriesList leftSeries, int groups) {
    boolean[] onRight = new boolean[groups];
    for (int group : rightGroup) {
      onRight[group] = true;
    }
    picked = new int[leftSize];
    int n = 0;
    for (int i = 0; i < leftSize; i++) {
      if (operator == BinaryOperator.UNLESS || onRight[leftGroup[i]]) {
        picked[n++] = i;
      }
    }
    picked = Arrays.copyOf(picked, n);
    return leftSeries.pick(picked);
  }

  private static SeriesList both(SeriesList a, SeriesList b) {
    Labels[] labels = new Labels[a.size() + b.size()];
    boolean[] marks = a.hasMarks() || b.hasMarks() ? new boolean[labels.length] : null;
    for (int i = 0; i < labels.length; i++) {
      SeriesList side = i < a.size() ? a : b;
      int at = i < a.size() ? i : i - a.size();
      labels[i] = side.labels(at);
      if (marks != null) {
        marks[i] = side.nameMarked(at);
      }
    }
    return marks == null ? new SeriesList(labels, false) : new SeriesList(labels, marks);
  }

  @Override
  public void prepare() {
    left.prepare();
    right.prepare();
    if (operator == BinaryOperator.OR) {
      // The left side passes whole and tells what hides the right side: evaluate it once.
      kept = new Column[leftSize];
      OrderedColumns.forEach(
          execution,
          left,
          grid.steps(),
          (i, column) -> {
            kept[i] = new Column(grid.steps());
            kept[i].copyFrom(column);
            mark(leftGroup[i], column);
          });
      return;
    }
    long held = execution.samples().held();
    OrderedColumns.forEach(
        execution, right, grid.steps(), (i, column) -> mark(rightGroup[i], column));
    execution.samples().settle(held, 0);
    Leftovers.evaluate(execution, left, grid.steps(), picked);
  }

  private void mark(int group, Column column) {
    long[] words = presence[group];
    if (words == null) {
      presence[group] = column.present.clone();
      return;
    }
    for (int w = 0; w < words.length; w++) {
      words[w] |= column.present[w];
    }
  }

  @Override
  public long heldBytes() {
    return Columns.bytes(kept);
  }

  @Override
  public Column column(int i, Column into, Worker worker) {
    if (operator == BinaryOperator.OR) {
      if (i < leftSize) {
        return kept[i];
      }
      Column in = right.column(i - leftSize, into, worker);
      return mask(in, into, presence[rightGroup[i - leftSize]], false);
    }
    int from = picked[i];
    Column in = left.column(from, into, worker);
    return mask(in, into, presence[leftGroup[from]], operator == BinaryOperator.AND);
  }

  private static Column mask(Column in, Column into, long[] words, boolean wanted) {
    if (words == null) {
      if (wanted) {
        into.clear();
        return into;
      }
      return in;
    }
    if (in != into) {
      into.copyFrom(in);
    }
    for (int w = 0; w < words.length; w++) {
      into.present[w] &= wanted ? words[w] : ~words[w];
    }
    if (into.histograms != null) {
      for (int k = 0; k < into.steps; k++) {
        if (!into.has(k)) {
          into.histograms[k] = null;
        }
      }
    }
    return into;
  }
}
