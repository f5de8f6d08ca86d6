package io.narthex.promql.exec.call;

import io.narthex.model.labels.Labels;
import io.narthex.promql.exec.Operator;
import io.narthex.promql.exec.SeriesList;
import io.narthex.promql.exec.Worker;
import io.narthex.promql.function.Column;
import org.jspecify.annotations.Nullable;

/** {@code label_replace} and {@code label_join}: only labels change. */
public final class RelabelFunction implements Operator {
  private final Operator input;
  private final Relabeling relabeling;
  private @Nullable SeriesList series;

  public RelabelFunction(Operator input, Relabeling relabeling) {
    this.input = input;
    this.relabeling = relabeling;
  }

  @Override
  public SeriesList series() {
    SeriesList known = series;
    if (known == null) {
      SeriesList all = input.series();
      Labels[] labels = new Labels[all.size()];
      boolean[] marks = all.hasMarks() ? new boolean[labels.length] : null;
      boolean setsName = relabeling.target().equals(Labels.METRIC_NAME);
      for (int i = 0; i < labels.length; i++) {
        Labels before = all.labels(i);
        labels[i] = relabeling.apply(before);
        if (marks != null) {
          marks[i] = all.nameMarked(i) && !(setsName && labels[i] != before);
        }
      }
      known = marks == null ? new SeriesList(labels, false) : new SeriesList(labels, marks);
      series = known;
    }
    return known;
  }

  @Override
  public void prepare() {
    input.prepare();
  }

  @Override
  public Column column(int i, Column into, Worker worker) {
    return input.column(i, into, worker);
  }
}
