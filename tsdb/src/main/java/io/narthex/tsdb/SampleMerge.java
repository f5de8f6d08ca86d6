package io.narthex.tsdb;

import io.narthex.model.histogram.FloatHistogram;
import io.narthex.storage.SampleBuffer;
import java.util.Arrays;

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
        copy(more.timestamps[i], more.values[i], histogram(more.histograms, i), into);
      }
      return;
    }
    merge(more, into);
  }

  private static void merge(SampleBuffer more, SampleBuffer into) {
    int before = into.size();
    long[] times = Arrays.copyOf(into.timestamps, before);
    double[] values = Arrays.copyOf(into.values, before);
    FloatHistogram[] histograms =
        into.hasHistograms() ? Arrays.copyOf(into.histograms, before) : null;
    into.clear();
    int i = 0;
    int j = 0;
    while (i < before || j < more.size()) {
      if (j == more.size() || (i < before && times[i] <= more.timestamps[j])) {
        if (j < more.size() && times[i] == more.timestamps[j]) {
          j++;
        }
        copy(times[i], values[i], histogram(histograms, i), into);
        i++;
      } else {
        copy(more.timestamps[j], more.values[j], histogram(more.histograms, j), into);
        j++;
      }
    }
  }

  private static FloatHistogram histogram(FloatHistogram[] histograms, int i) {
    return histograms == null ? null : histograms[i];
  }

  private static void copy(long t, double value, FloatHistogram histogram, SampleBuffer into) {
    if (histogram == null) {
      into.add(t, value);
    } else {
      into.add(t, histogram);
    }
  }
}
