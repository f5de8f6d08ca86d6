package io.narthex.promql.function;

/** Arrays that a kernel may use until it returns. Not for several threads. */
public final class Scratch {
  private int[] ints = new int[256];
  private double[] doubles = new double[256];

  private final SortedWindow window = new SortedWindow();

  /** At least so many ints, with any content; valid until the next call. */
  public int[] ints(int size) {
    if (ints.length < size) {
      ints = new int[Math.max(size, 2 * ints.length)];
    }
    return ints;
  }

  /** At least so many doubles, with any content; valid until the next call. */
  public double[] doubles(int size) {
    if (doubles.length < size) {
      doubles = new double[Math.max(size, 2 * doubles.length)];
    }
    return doubles;
  }

  SortedWindow window() {
    return window;
  }
}
