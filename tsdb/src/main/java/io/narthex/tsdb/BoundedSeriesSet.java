package io.narthex.tsdb;

import io.narthex.model.labels.Labels;
import io.narthex.storage.SampleBuffer;
import io.narthex.storage.SeriesSet;
import java.util.List;

/** One selection, read within the range of time that it may be read in. */
final class BoundedSeriesSet implements SeriesSet {
  private final MergedSeriesSet.Source source;

  BoundedSeriesSet(MergedSeriesSet.Source source) {
    this.source = source;
  }

  @Override
  public int size() {
    return source.set().size();
  }

  @Override
  public Labels labels(int series) {
    return source.set().labels(series);
  }

  @Override
  public void read(int series, long mint, long maxt, SampleBuffer into) {
    source.read(series, mint, maxt, into);
  }

  @Override
  public List<String> warnings() {
    return source.set().warnings();
  }
}
