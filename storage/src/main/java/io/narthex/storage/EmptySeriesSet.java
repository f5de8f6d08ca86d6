package io.narthex.storage;

import io.narthex.model.labels.Labels;
import java.util.List;

/** Nothing selected. */
final class EmptySeriesSet implements SeriesSet {
  @Override
  public int size() {
    return 0;
  }

  @Override
  public Labels labels(int series) {
    throw new IndexOutOfBoundsException(series);
  }

  @Override
  public void read(int series, long mint, long maxt, SampleBuffer into) {
    throw new IndexOutOfBoundsException(series);
  }

  @Override
  public List<String> warnings() {
    return List.of();
  }
}
