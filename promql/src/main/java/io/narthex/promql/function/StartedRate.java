package io.narthex.promql.function;

import io.narthex.storage.SampleBuffer;

/**
 * {@code rate} and {@code increase} of float counters that say since when they count: such a start
 * tells resets that values do not show, and a counter that began within the window is known to have
 * been zero then.
 */
final class StartedRate {
  private final boolean perSecond;
  private final Notes notes;

  StartedRate(boolean perSecond, Notes notes) {
    this.perSecond = perSecond;
    this.notes = notes;
  }

  void floats(Windows windows, Column out) {
    double rangeSeconds = RateKernel.seconds(windows.range());
    for (int k = 0; k < windows.steps(); k++) {
      if (windows.count(k) > 0) {
        step(windows, k, out, rangeSeconds);
      }
    }
  }

  private void step(Windows windows, int k, Column out, double rangeSeconds) {
    SampleBuffer samples = windows.samples;
    long[] t = samples.timestamps;
    double[] v = samples.values;
    int first = windows.low[k];
    int last = windows.high[k] - 1;
    double result = increase(samples, first, last);
    double toStart = (t[first] - windows.start(k)) / 1000.0;
    double toEnd = (windows.end(k) - t[last]) / 1000.0;
    double sampled = (t[last] - t[first]) / 1000.0;
    double average = first == last ? 0 : sampled / (last - first);
    double threshold = average * 1.1;
    if (StartTimes.startsWithin(samples, first, windows.start(k))) {
      toStart = 0;
      sampled = StartTimes.secondsSinceStart(samples, first, last);
      result += v[first];
    } else if (first == last) {
      return;
    } else {
      if (toStart >= threshold) {
        toStart = average / 2;
      }
      if (result > 0 && v[first] >= 0) {
        toStart = Math.min(toStart, sampled * (v[first] / result));
      }
    }
    if (toEnd >= threshold) {
      toEnd = average / 2;
    }
    double factor = sampled == 0 ? 1 : (sampled + toStart + toEnd) / sampled;
    out.set(k, result * (perSecond ? factor / rangeSeconds : factor));
  }

  private double increase(SampleBuffer samples, int first, int last) {
    double[] v = samples.values;
    double result = v[last] - v[first];
    if (StartTimes.overlap(samples, first, last)) {
      notes.startTimeOverlap();
    }
    for (int i = first + 1; i <= last; i++) {
      if (v[i] < v[i - 1] || StartTimes.isReset(samples, i - 1, i)) {
        result += v[i - 1];
      }
    }
    return result;
  }
}
