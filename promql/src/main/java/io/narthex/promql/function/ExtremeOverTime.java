package io.narthex.promql.function;

/**
 * {@code max_over_time} and {@code min_over_time} by a queue of candidates: indexes whose values
 * fall (or rise) from front to back, so that the front is the extreme and each sample enters and
 * leaves once. NaN counts only where there is nothing else; of equal values the earliest wins.
 */
final class ExtremeOverTime implements FloatKernel {
  private final boolean max;

  ExtremeOverTime(boolean max) {
    this.max = max;
  }

  @Override
  public void floats(Windows windows, Column out, Scratch scratch) {
    double[] v = windows.samples.values;
    int[] queue = scratch.ints(windows.samples.size() + 1);
    int front = 0;
    int back = 0;
    int next = 0;
    for (int k = 0; k < windows.steps(); k++) {
      int low = windows.low[k];
      int high = windows.high[k];
      for (next = Math.max(next, low); next < high; next++) {
        double x = v[next];
        if (!Double.isNaN(x)) {
          while (back > front && (max ? v[queue[back - 1]] < x : v[queue[back - 1]] > x)) {
            back--;
          }
          queue[back++] = next;
        }
      }
      while (front < back && queue[front] < low) {
        front++;
      }
      if (low < high) {
        out.set(k, front < back ? v[queue[front]] : Double.NaN);
      }
    }
  }
}
