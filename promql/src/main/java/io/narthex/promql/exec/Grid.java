package io.narthex.promql.exec;

/**
 * The evaluation times: start, start + step …
 *
 * @param start milliseconds since the epoch
 * @param step milliseconds, greater than zero
 * @param steps how many, at least 0
 */
public record Grid(long start, long step, int steps) {
  /** The times from start up to end; none where end lies before start. */
  public static Grid between(long start, long end, long step) {
    return new Grid(start, step, end < start ? 0 : Math.toIntExact((end - start) / step) + 1);
  }

  public static Grid instant(long time) {
    return new Grid(time, 1, 1);
  }

  public long time(int k) {
    return start + k * step;
  }

  public long end() {
    return time(steps - 1);
  }

  /** The first time alone. */
  public Grid first() {
    return new Grid(start, step, 1);
  }
}
