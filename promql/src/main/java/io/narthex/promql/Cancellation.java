package io.narthex.promql;

/** Lets another thread end a running query; it fails with {@link QueryCanceledException}. */
public final class Cancellation {
  private volatile boolean canceled;

  public void cancel() {
    canceled = true;
  }

  public boolean isCanceled() {
    return canceled;
  }
}
