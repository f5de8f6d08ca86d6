package io.narthex.promql;

import org.jspecify.annotations.Nullable;

/** Lets another thread end a query; it fails with {@link QueryCanceledException}. */
public final class Cancellation {
  private volatile boolean canceled;
  private @Nullable Thread waiting;

  public synchronized void cancel() {
    canceled = true;
    if (waiting != null) {
      waiting.interrupt();
    }
  }

  public boolean isCanceled() {
    return canceled;
  }

  /** The calling thread is interrupted should the query be canceled before it has waited. */
  synchronized void beginWait() throws InterruptedException {
    if (canceled) {
      throw new InterruptedException();
    }
    waiting = Thread.currentThread();
  }

  /** An interrupt that came too late is taken back: the thread has other queries to answer. */
  synchronized void endWait() {
    if (waiting != null && canceled) {
      boolean unused = Thread.interrupted();
    }
    waiting = null;
  }
}
