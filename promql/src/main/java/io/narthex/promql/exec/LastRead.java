package io.narthex.promql.exec;

import io.narthex.storage.SampleBuffer;
import io.narthex.storage.SeriesSet;
import org.jspecify.annotations.Nullable;

/**
 * The series that a thread read last, where several operators read the same: both sides of a join
 * do so one after the other. Floats only.
 */
public final class LastRead {
  private final SampleBuffer samples = new SampleBuffer();
  private @Nullable SeriesSet set;
  private int series;

  /** Whether it is that series; then its samples replace what is in the buffer. */
  public boolean copy(SeriesSet wanted, int wantedSeries, SampleBuffer into) {
    if (set != wanted || series != wantedSeries) {
      return false;
    }
    replace(samples, into);
    return true;
  }

  /** Keeps a copy of what was read. */
  public void keep(SeriesSet read, int readSeries, SampleBuffer content) {
    boolean floats = content.histograms == null && content.startTimestamps == null;
    set = floats ? read : null;
    series = readSeries;
    if (floats) {
      replace(content, samples);
    }
  }

  private static void replace(SampleBuffer from, SampleBuffer to) {
    int n = from.size();
    to.clear();
    to.reserve(n);
    System.arraycopy(from.timestamps, 0, to.timestamps, 0, n);
    System.arraycopy(from.values, 0, to.values, 0, n);
    to.size(n);
  }
}
