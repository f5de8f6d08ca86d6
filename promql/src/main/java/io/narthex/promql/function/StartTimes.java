package io.narthex.promql.function;

import io.narthex.storage.SampleBuffer;

/**
 * What start timestamps tell about a counter: when it began anew. 0 is unknown, as is one that does
 * not lie before its sample.
 */
final class StartTimes {
  private StartTimes() {}

  /** Whether the counter began anew between two samples, by their start timestamps. */
  static boolean isReset(SampleBuffer samples, int before, int now) {
    long[] starts = samples.startTimestamps;
    if (starts == null) {
      return false;
    }
    long[] t = samples.timestamps;
    long start = starts[now];
    if (start == 0 || start >= t[now] || start < t[before]) {
      return false;
    }
    if (start > t[before]) {
      return true;
    }
    // It begins at the sample before: a delta, unless that sample's own start is unknown.
    return starts[before] < t[before] && starts[before] != 0;
  }

  /** Whether any sample's start lies before the sample before it without being that one's start. */
  static boolean overlap(SampleBuffer samples, int first, int last) {
    long[] starts = samples.startTimestamps;
    for (int i = first + 1; starts != null && i <= last; i++) {
      if (starts[i] != 0 && starts[i] < samples.timestamps[i - 1] && starts[i] != starts[i - 1]) {
        return true;
      }
    }
    return false;
  }

  /** Whether the first sample says that the counter began after the window's start. */
  static boolean startsWithin(SampleBuffer samples, int first, long windowStart) {
    long[] starts = samples.startTimestamps;
    return starts != null
        && starts[first] != 0
        && starts[first] > windowStart
        && starts[first] < samples.timestamps[first];
  }

  /** From the start of the first sample to the last sample. */
  static double secondsSinceStart(SampleBuffer samples, int first, int last) {
    return (samples.timestamps[last] - samples.startTimestamps[first]) / 1000.0;
  }
}
