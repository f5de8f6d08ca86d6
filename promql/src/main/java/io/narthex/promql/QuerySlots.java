package io.narthex.promql;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** As many queries as may run at once hold a slot; others wait in the order in which they came. */
final class QuerySlots {
  private final Semaphore free;

  QuerySlots(int count) {
    free = new Semaphore(count, true);
  }

  /**
   * Waits for a slot, as long as the query itself allows: the engine's timeout is for those that
   * run.
   *
   * @throws QueryNotBegunException where the query's own time is over first
   * @throws QueryCanceledException where nobody wants its answer any more
   */
  void take(QueryOptions query) {
    if (free.tryAcquire()) {
      return;
    }
    if (!await(query)) {
      throw new QueryNotBegunException();
    }
  }

  private boolean await(QueryOptions query) {
    Cancellation cancellation = query.cancellation();
    try {
      cancellation.beginWait();
      if (query.timeoutMillis() > 0) {
        return free.tryAcquire(query.timeoutMillis(), TimeUnit.MILLISECONDS);
      }
      free.acquire();
      return true;
    } catch (InterruptedException e) {
      if (!cancellation.isCanceled()) {
        Thread.currentThread().interrupt();
      }
      throw new QueryCanceledException("query queue");
    } finally {
      cancellation.endWait();
    }
  }

  void giveBack() {
    free.release();
  }
}
