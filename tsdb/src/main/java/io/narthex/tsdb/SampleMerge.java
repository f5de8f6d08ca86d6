package io.narthex.tsdb;

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
        into.addFrom(more, i, i > 0);
      }
      return;
    }
    merge(more, into);
  }

  private static void merge(SampleBuffer more, SampleBuffer into) {
    int before = into.size();
    SampleBuffer old = new SampleBuffer(before);
    for (int i = 0; i < before; i++) {
      old.addFrom(into, i, true);
    }
    into.clear();
    int i = 0;
    int j = 0;
    int follows = NEITHER;
    while (i < before || j < more.size()) {
      boolean both = i < before && j < more.size();
      if (both && old.timestamps[i] == more.timestamps[j]) {
        j++;
        into.addFrom(old, i++, false);
        follows = NEITHER;
      } else if (j == more.size() || (both && old.timestamps[i] < more.timestamps[j])) {
        into.addFrom(old, i++, follows == OLD);
        follows = OLD;
      } else {
        into.addFrom(more, j++, follows == MORE);
        follows = MORE;
      }
    }
  }
}
