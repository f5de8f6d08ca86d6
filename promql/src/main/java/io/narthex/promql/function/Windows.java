package io.narthex.promql.function;

import io.narthex.model.histogram.FloatHistogram;
import io.narthex.model.value.StaleMarker;
import io.narthex.storage.SampleBuffer;
import org.jspecify.annotations.Nullable;

/**
 * One series' samples and, for each step, which of them lie in the step's window. Reused from
 * series to series.
 *
 * <p>The window of step k is {@code (end(k) - range, end(k)]}: samples {@code low[k] <= i <
 * high[k]}. Staleness markers are taken out beforehand.
 */
public final class Windows {
  private final int steps;
  private final long firstTime;
  private final long firstEnd;
  private final long timeStep;
  private final long endStep;
  private final long range;
  private long reachBefore;
  private long reachAfter;
  public int[] low = new int[0];
  public int[] high = new int[0];
  public SampleBuffer samples = new SampleBuffer(0);
  private long @Nullable [] weights;

  /**
   * @param firstTime evaluation time of step 0, milliseconds
   * @param firstEnd end of the window of step 0
   * @param timeStep distance of evaluation times
   * @param endStep distance of window ends: that of evaluation times, or 0 where {@code @} fixes
   *     the window
   * @param range length of the windows, milliseconds
   */
  public Windows(
      int steps, long firstTime, long firstEnd, long timeStep, long endStep, long range) {
    this.steps = steps;
    this.firstTime = firstTime;
    this.firstEnd = firstEnd;
    this.timeStep = timeStep;
    this.endStep = endStep;
    this.range = range;
  }

  /** The same windows for another thread, with samples of its own. */
  public Windows copy() {
    return new Windows(steps, firstTime, firstEnd, timeStep, endStep, range);
  }

  public int steps() {
    return steps;
  }

  /** Length in milliseconds. */
  public long range() {
    return range;
  }

  public long time(int k) {
    return firstTime + k * timeStep;
  }

  public long end(int k) {
    return firstEnd + k * endStep;
  }

  public long start(int k) {
    return end(k) - range;
  }

  /** Takes the samples of a series and finds the windows' borders. */
  public void load(SampleBuffer buffer) {
    load(buffer, 0, 0);
  }

  /** As {@link #load(SampleBuffer)} with windows that reach further out on either side. */
  public void load(SampleBuffer buffer, long before, long after) {
    samples = buffer;
    weights = null;
    reachBefore = before;
    reachAfter = after;
    dropStale(buffer);
    if (low.length < steps) {
      low = new int[steps];
      high = new int[steps];
    }
    long[] t = buffer.timestamps;
    int n = buffer.size();
    int lo = 0;
    int hi = 0;
    for (int k = 0; k < steps; k++) {
      long end = end(k) + after;
      long start = start(k) - before;
      while (hi < n && t[hi] <= end) {
        hi++;
      }
      while (lo < hi && t[lo] <= start) {
        lo++;
      }
      low[k] = lo;
      high[k] = hi;
    }
  }

  /**
   * Takes some windows of others, which were loaded; all windows before and behind are empty.
   *
   * @param from the first step
   * @param most so many samples they may have together, unless the first alone has more
   * @return the step behind the last
   */
  public int take(Windows others, int from, long most) {
    samples = others.samples;
    weights = null;
    reachBefore = others.reachBefore;
    reachAfter = others.reachAfter;
    low = new int[steps];
    high = new int[steps];
    long visits = 0;
    int k = from;
    while (k < steps && (k == from || visits + others.count(k) <= most)) {
      visits += others.count(k);
      low[k] = others.low[k];
      high[k] = others.high[k++];
    }
    return k;
  }

  /** How many samples lie in the window. */
  public int count(int k) {
    return high[k] - low[k];
  }

  /** How many samples a function looks at that goes through every window. */
  public long visits() {
    long visits = 0;
    for (int k = 0; k < steps; k++) {
      visits += high[k] - low[k];
    }
    return visits;
  }

  /** How many samples there are from one index to another, a histogram counting by its size. */
  public int weight(int from, int to) {
    if (to <= from) {
      return 0;
    }
    if (samples.histograms == null) {
      return to - from;
    }
    long[] sums = weights;
    if (sums == null) {
      sums = weights(samples);
      weights = sums;
    }
    return (int) Math.min(Integer.MAX_VALUE, sums[to] - sums[from]);
  }

  /** Sums from the first sample on, for windows overlap. */
  private static long[] weights(SampleBuffer samples) {
    long[] sums = new long[samples.size() + 1];
    for (int i = 0; i < samples.size(); i++) {
      FloatHistogram histogram = samples.histograms[i];
      sums[i + 1] = sums[i] + (histogram == null ? 1 : histogram.sampleWeight());
    }
    return sums;
  }

  /** The same windows over the float samples alone. */
  Windows floats() {
    return filtered(true);
  }

  /** The same windows over the histogram samples alone. */
  Windows histograms() {
    return filtered(false);
  }

  private Windows filtered(boolean floats) {
    SampleBuffer kept = new SampleBuffer(Math.max(samples.size(), 1));
    for (int i = 0; i < samples.size(); i++) {
      FloatHistogram histogram = samples.histograms == null ? null : samples.histograms[i];
      if (floats && histogram == null) {
        kept.add(samples.timestamps[i], samples.values[i]);
      } else if (!floats && histogram != null) {
        kept.add(samples.timestamps[i], histogram);
      } else {
        continue;
      }
      if (samples.startTimestamps != null) {
        kept.startOfLast(samples.startTimestamps[i]);
      }
    }
    Windows windows = copy();
    windows.load(kept, reachBefore, reachAfter);
    return windows;
  }

  private static void dropStale(SampleBuffer buffer) {
    double[] v = buffer.values;
    int n = buffer.size();
    int kept = 0;
    while (kept < n && !StaleMarker.is(v[kept])) {
      kept++;
    }
    if (kept == n) {
      return;
    }
    for (int i = kept + 1; i < n; i++) {
      if (!StaleMarker.is(v[i])) {
        buffer.move(i, kept++);
      }
    }
    buffer.size(kept);
  }
}
