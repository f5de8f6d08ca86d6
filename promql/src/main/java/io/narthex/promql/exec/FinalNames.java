package io.narthex.promql.exec;

import io.narthex.model.labels.Labels;
import io.narthex.promql.function.Column;
import org.jspecify.annotations.Nullable;

/** With delayed name removal: takes away the names that operators have marked on the way. */
public final class FinalNames implements Operator {
  private final Operator input;
  private @Nullable SeriesList series;

  public FinalNames(Operator input) {
    this.input = input;
  }

  @Override
  public SeriesList series() {
    SeriesList known = series;
    if (known == null) {
      SeriesList all = input.series();
      Labels[] labels = new Labels[all.size()];
      for (int i = 0; i < labels.length; i++) {
        Labels seen = all.labels(i);
        labels[i] = all.nameMarked(i) ? MetadataLabels.without(seen) : seen;
      }
      known = new SeriesList(labels, false);
      series = known;
    }
    return known;
  }

  @Override
  public void prepare() {
    input.prepare();
  }

  @Override
  public long heldBytes() {
    return input.heldBytes();
  }

  @Override
  public Column column(int i, Column into, Worker worker) {
    return input.column(i, into, worker);
  }
}
