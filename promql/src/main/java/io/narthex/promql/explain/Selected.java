package io.narthex.promql.explain;

import io.narthex.promql.exec.selector.Selection;
import io.narthex.promql.exec.trace.PlanNode;
import io.narthex.storage.SampleBuffer;
import java.util.Arrays;

/**
 * What a few series of a selector look like towards the end of the time that is read: how dense
 * their samples are, and whether their values fall as only a gauge's do.
 */
final class Selected {
  private static final int SERIES = 3;
  private static final long WINDOW_MILLIS = 2 * 3_600_000L;

  private final int series;
  private final long spanMillis;
  private long[] distances = new long[16];
  private int distanceCount;
  private int rises;
  private int falls;
  private boolean histograms;

  private Selected(int series, long spanMillis) {
    this.series = series;
    this.spanMillis = spanMillis;
  }

  /** Looks at the series of a node that reads from storage. */
  static Selected of(PlanNode node, Selection selection) {
    int n = node.series().size();
    long start = selection.hints().start();
    long end = selection.hints().end();
    Selected found = new Selected(n, Math.max(1, end - start));
    int looked = Math.min(n, SERIES);
    SampleBuffer samples = new SampleBuffer();
    for (int i = 0; i < looked; i++) {
      int at = (int) ((long) i * n / looked);
      selection.look(at, Math.max(start, end - WINDOW_MILLIS), samples);
      found.add(samples);
    }
    Arrays.sort(found.distances, 0, found.distanceCount);
    return found;
  }

  private void add(SampleBuffer samples) {
    histograms |= samples.hasHistograms();
    for (int i = 1; i < samples.size(); i++) {
      if (distanceCount == distances.length) {
        distances = Arrays.copyOf(distances, 2 * distanceCount);
      }
      distances[distanceCount++] = samples.timestamps[i] - samples.timestamps[i - 1];
      double change = samples.values[i] - samples.values[i - 1];
      rises += change > 0 ? 1 : 0;
      falls += change < 0 ? 1 : 0;
    }
  }

  int series() {
    return series;
  }

  /** The usual distance of samples in milliseconds, 0 where it cannot be told. */
  long spacingMillis() {
    return distanceCount == 0 ? 0 : distances[distanceCount / 2];
  }

  /** Samples in the whole span, if they are as dense everywhere; -1 where that is not known. */
  long samples() {
    if (series == 0) {
      return 0;
    }
    long spacing = spacingMillis();
    return spacing == 0 ? -1 : series * Math.max(1, spanMillis / spacing);
  }

  boolean hasHistograms() {
    return histograms;
  }

  /** How often a value was higher than the one before it. */
  int rises() {
    return rises;
  }

  int falls() {
    return falls;
  }
}
