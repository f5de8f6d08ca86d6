package io.narthex.promql.exec;

import io.narthex.promql.function.Column;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Computes all columns of an operator, on several threads where that pays, and hands them over one
 * at a time in the order of the series.
 *
 * <p>Series are computed in batches. Batches wait in a ring until their turn; whichever thread
 * finds the next one ready hands it over, so that there is no thread that only collects. The
 * calling thread takes part and never waits for a helper that has not begun: helpers that come late
 * find nothing left to do.
 */
public final class OrderedColumns {
  private static final int PARALLEL_SERIES = 128;
  private static final int BATCH_VALUES = 4096;
  private static final int MAX_BATCH = 64;

  /** Takes columns in order; a column is valid only during the call. */
  public interface Consumer {
    void accept(int series, Column column);
  }

  private OrderedColumns() {}

  /** Hands over all columns of an operator that is prepared. */
  public static void forEach(Execution execution, Operator operator, int steps, Consumer consumer) {
    int n = operator.series().size();
    int threads = execution.options().computeThreads();
    if (threads < 2 || n < PARALLEL_SERIES || steps == 0) {
      sequentially(execution, operator, n, steps, consumer);
    } else {
      new Run(execution, operator, n, steps, consumer, threads).run(threads - 1);
    }
  }

  private static void sequentially(
      Execution execution, Operator operator, int n, int steps, Consumer consumer) {
    Worker worker = execution.takeWorker();
    Column into = worker.borrow(steps);
    for (int i = 0; i < n; i++) {
      execution.checkpoint();
      consumer.accept(i, operator.column(i, into, worker));
    }
    worker.release(into);
    execution.giveBack(worker);
  }

  /** One parallel pass; the fields below the lock are guarded by it. */
  private static final class Run {
    private final Execution execution;
    private final Operator operator;
    private final Consumer consumer;
    private final int series;
    private final int batchSize;
    private final int batches;
    private final Column[][] own;
    private final Column[][] results;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final boolean[] ready;
    private int claimed;
    private int consumed;
    private int computing;
    private boolean handingOver;
    private @Nullable Throwable failure;

    Run(
        Execution execution,
        Operator operator,
        int series,
        int steps,
        Consumer consumer,
        int threads) {
      this.execution = execution;
      this.operator = operator;
      this.consumer = consumer;
      this.series = series;
      this.batchSize = Math.clamp(BATCH_VALUES / steps, 1, MAX_BATCH);
      this.batches = (series + batchSize - 1) / batchSize;
      int slots = Math.min(batches, 2 * threads + 2);
      this.own = new Column[slots][batchSize];
      this.results = new Column[slots][batchSize];
      this.ready = new boolean[slots];
      for (Column[] slot : own) {
        for (int i = 0; i < batchSize; i++) {
          slot[i] = new Column(steps);
        }
      }
    }

    void run(int helpers) {
      for (int i = 0; i < helpers; i++) {
        try {
          execution.helpers().execute(() -> takePart(false));
        } catch (RejectedExecutionException e) {
          break; // the engine is closing: the caller finishes alone
        }
      }
      takePart(true);
      if (failure != null) {
        sneakyThrow(failure);
      }
    }

    private void takePart(boolean caller) {
      Worker worker = execution.takeWorker();
      lock.lock();
      try {
        while (goOn(caller)) {
          if (failure == null
              && !handingOver
              && consumed < claimed
              && ready[consumed % ready.length]) {
            handOver();
          } else if (failure == null && claimed < batches && claimed - consumed < ready.length) {
            compute(worker);
          } else {
            changed.awaitUninterruptibly();
          }
        }
      } finally {
        lock.unlock();
        execution.giveBack(worker);
      }
    }

    /** The caller stays until no batch is under way; helpers leave when all are claimed. */
    private boolean goOn(boolean caller) {
      if (failure != null) {
        return caller && (handingOver || computing > 0);
      }
      return caller ? consumed < batches : claimed < batches;
    }

    private void handOver() {
      int batch = consumed;
      Column[] columns = results[batch % ready.length];
      handingOver = true;
      lock.unlock();
      Throwable thrown = null;
      try {
        int first = batch * batchSize;
        int n = Math.min(batchSize, series - first);
        for (int i = 0; i < n; i++) {
          consumer.accept(first + i, columns[i]);
        }
      } catch (Throwable t) {
        thrown = t;
      } finally {
        lock.lock();
      }
      handingOver = false;
      ready[batch % ready.length] = false;
      consumed++;
      finished(thrown);
    }

    private void compute(Worker worker) {
      int batch = claimed++;
      computing++;
      Column[] into = own[batch % ready.length];
      Column[] columns = results[batch % ready.length];
      lock.unlock();
      Throwable thrown = null;
      try {
        int first = batch * batchSize;
        int n = Math.min(batchSize, series - first);
        for (int i = 0; i < n; i++) {
          execution.checkpoint();
          columns[i] = operator.column(first + i, into[i], worker);
        }
      } catch (Throwable t) {
        thrown = t;
      } finally {
        lock.lock();
      }
      computing--;
      ready[batch % ready.length] = thrown == null;
      finished(thrown);
    }

    private void finished(@Nullable Throwable thrown) {
      if (thrown != null && failure == null) {
        failure = thrown;
      }
      changed.signalAll();
    }

    @SuppressWarnings("unchecked")
    private static <T extends Throwable> void sneakyThrow(Throwable t) throws T {
      throw (T) t;
    }
  }
}
