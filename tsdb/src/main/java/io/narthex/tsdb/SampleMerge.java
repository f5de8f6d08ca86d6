package io.narthex.tsdb;

import io.narthex.model.histogram.FloatHistogram;
import io.narthex.storage.SampleBuffer;

/** Merges samples of one series from several places. */
final class SampleMerge {
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
        copy(more, i, into);
      }
      return;
    }
    merge(more, into);
  }

  private static void merge(SampleBuffer more, SampleBuffer into) {
    int before = into.size();
    SampleBuffer old = new SampleBuffer(before);
    for (int i = 0; i < before; i++) {
      copy(into, i, old);
    }
    into.clear();
    int i = 0;
    int j = 0;
    while (i < before || j < more.size()) {
      if (j == more.size() || (i < before && old.timestamps[i] <= more.timestamps[j])) {
        if (j < more.size() && old.timestamps[i] == more.timestamps[j]) {
          j++;
        }
        copy(old, i, into);
        i++;
      } else {
        copy(more, j, into);
        j++;
      }
    }
  }

  private static void copy(SampleBuffer from, int i, SampleBuffer into) {
    FloatHistogram histogram = from.hasHistograms() ? from.histograms[i] : null;
    if (histogram == null) {
      into.add(from.timestamps[i], from.values[i]);
      return;
    }
    into.add(from.timestamps[i], histogram);
    if (from.hasIntegers(i)) {
      into.lastHasIntegers();
    }
  }
}
