package io.narthex.promql.exec.trace;

import io.narthex.promql.exec.SeriesList;
import io.narthex.promql.exec.Worker;
import io.narthex.promql.exec.selector.RangeSource;
import io.narthex.storage.SampleBuffer;

/** Stands before a source of samples and takes down what it does. */
final class MeasuredSource implements RangeSource {
  private final RangeSource source;
  private final Measure measure;
  private final WorkClock clock;

  MeasuredSource(RangeSource source, Measure measure, WorkClock clock) {
    this.source = source;
    this.measure = measure;
    this.clock = clock;
  }

  @Override
  public SeriesList series() {
    clock.enter(measure);
    try {
      SeriesList series = source.series();
      measure.yields(series.size());
      return series;
    } finally {
      clock.exit();
    }
  }

  @Override
  public void prepare() {
    clock.enter(measure);
    try {
      source.prepare();
    } finally {
      clock.exit();
    }
  }

  @Override
  public boolean isStored() {
    return source.isStored();
  }

  @Override
  public void read(int series, SampleBuffer into, Worker worker) {
    clock.enter(measure);
    try {
      source.read(series, into, worker);
      measure.handedOut(into, source.isStored());
    } finally {
      clock.exit();
    }
  }
}
