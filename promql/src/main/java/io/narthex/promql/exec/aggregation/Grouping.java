package io.narthex.promql.exec.aggregation;

import io.narthex.model.labels.Labels;
import io.narthex.promql.exec.GroupTable;
import io.narthex.promql.exec.SeriesList;
import java.util.List;

/** Which group each input series belongs to; groups are numbered as they are met. */
final class Grouping {
  private final GroupTable table;
  private final int[] groupOf;
  private final boolean[] nameMarked;
  private final boolean marks;

  Grouping(SeriesList input, List<String> labels, boolean without) {
    this.table = new GroupTable(labels, !without);
    this.groupOf = new int[input.size()];
    for (int i = 0; i < groupOf.length; i++) {
      groupOf[i] = table.group(input, i);
    }
    this.marks = input.hasMarks();
    this.nameMarked = new boolean[table.size()];
    for (int i = 0; marks && i < groupOf.length; i++) {
      nameMarked[groupOf[i]] |= input.nameMarked(i);
    }
  }

  int groups() {
    return table.size();
  }

  int of(int series) {
    return groupOf[series];
  }

  /** One series per group. */
  SeriesList series() {
    Labels[] labels = new Labels[table.size()];
    for (int g = 0; g < labels.length; g++) {
      labels[g] = table.labels(g);
    }
    return marks ? new SeriesList(labels, nameMarked) : new SeriesList(labels, false);
  }
}
