package io.narthex.tsdb.head;

/** Which segment of the log is being replayed; written by one thread, read by others. */
public final class ReplayStatus {
  private volatile int first;
  private volatile int last;
  private volatile int current;
  private volatile boolean cancelled;

  /** Makes the replay give up. */
  public void cancel() {
    cancelled = true;
  }

  boolean cancelled() {
    return cancelled;
  }

  void range(int firstSegment, int lastSegment) {
    first = firstSegment;
    last = lastSegment;
    current = firstSegment;
  }

  void current(int segment) {
    current = segment;
  }

  public int first() {
    return first;
  }

  public int last() {
    return last;
  }

  public int current() {
    return current;
  }
}
