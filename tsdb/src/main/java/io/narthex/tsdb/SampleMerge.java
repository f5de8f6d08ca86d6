package io.narthex.tsdb;

import io.narthex.model.histogram.CounterResetHint;
import io.narthex.model.histogram.FloatHistogram;
import io.narthex.storage.SampleBuffer;

/**
 * Merges samples of one series from several places. A counter histogram that does not follow the
 * sample before it in its own place loses what it knew of counter resets, as in Prometheus.
 */
final class SampleMerge {
  private static final int NEITHER = 0;
  private static final int OLD = 1;
  private static final int MORE = 2;

  private SampleMerge() {}

  /**
   * Adds samples to those that are there, in the order of time; the latter win where times meet.
   */
  static void add(SampleBuffer more, SampleBuffer into) {
    int n = more.size();
    if (n == 0) {
      return;
    }
    int before = into.size();
    if (before == 0 || into.timestamps[before - 1] < more.timestamps[0]) {
      into.reserve(before + n);
      for (int i = 0; i < n; i++) {
        copy(more, i, i > 0, into);
      }
      return;
    }
    merge(more, into);
  }

  private static void merge(SampleBuffer more, SampleBuffer into) {
    int before = into.size();
    SampleBuffer old = new SampleBuffer(before);
    for (int i = 0; i < before; i++) {
      copy(into, i, true, old);
    }
    into.clear();
    int i = 0;
    int j = 0;
    int follows = NEITHER;
    while (i < before || j < more.size()) {
      boolean both = i < before && j < more.size();
      if (both && old.timestamps[i] == more.timestamps[j]) {
        j++;
        copy(old, i++, false, into);
        follows = NEITHER;
      } else if (j == more.size() || (both && old.timestamps[i] < more.timestamps[j])) {
        copy(old, i++, follows == OLD, into);
        follows = OLD;
      } else {
        copy(more, j++, follows == MORE, into);
        follows = MORE;
      }
    }
  }

  private static void copy(SampleBuffer from, int i, boolean follows, SampleBuffer into) {
    FloatHistogram histogram = from.hasHistograms() ? from.histograms[i] : null;
    if (histogram == null) {
      into.add(from.timestamps[i], from.values[i]);
      return;
    }
    boolean knows = follows || histogram.counterResetHint() == CounterResetHint.GAUGE;
    into.add(
        from.timestamps[i],
        knows ? histogram : histogram.withCounterResetHint(CounterResetHint.UNKNOWN));
    if (from.hasIntegers(i)) {
      into.lastHasIntegers();
    }
  }
}
