package io.narthex.tsdb.torture;

import io.narthex.model.labels.Labels;
import io.narthex.model.labels.Matcher;
import io.narthex.storage.Querier;
import io.narthex.storage.SampleBuffer;
import io.narthex.storage.SelectHints;
import io.narthex.storage.SeriesSet;
import io.narthex.tsdb.Db;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * Threads that read all the time. Some series get a sample of the same time and value in every
 * batch: a view must show the batches up to some time whole, and at least those that were committed
 * before it was opened.
 */
final class WholeBatches implements AutoCloseable {
  static final String NAME = "whole";
  static final int SERIES = 7;
  private static final long READ_BACK = 100_000;

  /** Taken for writing while the database is not open. */
  final ReentrantReadWriteLock open = new ReentrantReadWriteLock();

  private final List<Thread> threads = new ArrayList<>();
  private volatile Optional<Db> db = Optional.empty();
  private volatile long committed = Long.MIN_VALUE;
  private volatile Optional<Throwable> failure = Optional.empty();
  private volatile boolean stopped;

  WholeBatches(int readers) {
    for (int i = 0; i < readers; i++) {
      threads.add(Thread.ofPlatform().daemon().start(this::run));
    }
  }

  static Labels labels(int i) {
    return Labels.of("__name__", NAME, "i", Integer.toString(i));
  }

  /** Reads from another database from now on; the caller holds the lock. */
  void database(Db next) {
    db = Optional.of(next);
  }

  /** A batch of this time was committed. */
  void committed(long t) {
    committed = t;
  }

  void check() {
    if (failure.isPresent()) {
      throw new AssertionError("a concurrent reader: " + failure.get().getMessage(), failure.get());
    }
  }

  private void run() {
    try {
      while (!stopped) {
        open.readLock().lock();
        try {
          if (db.isPresent() && committed != Long.MIN_VALUE) {
            read(db.get());
          }
        } finally {
          open.readLock().unlock();
        }
        Thread.sleep(1);
      }
    } catch (Throwable e) {
      failure = Optional.of(e);
    }
  }

  private void read(Db from) {
    long before = committed;
    long mint = before - READ_BACK;
    long maxt = before + READ_BACK;
    try (Querier querier = from.querier(mint, maxt)) {
      SeriesSet set =
          querier.select(SelectHints.range(mint, maxt), List.of(Matcher.equal("__name__", NAME)));
      if (set.size() != SERIES) {
        throw new AssertionError(set.size() + " series instead of " + SERIES);
      }
      SampleBuffer first = new SampleBuffer();
      SampleBuffer other = new SampleBuffer();
      set.read(0, mint, maxt, first);
      if (first.size() == 0 || first.timestamps[first.size() - 1] < before) {
        throw new AssertionError("batch of " + before + " was committed and is not visible");
      }
      for (int i = 1; i < SERIES; i++) {
        set.read(i, mint, maxt, other);
        if (!Arrays.equals(times(first), times(other))) {
          throw new AssertionError(
              "batches are not whole: "
                  + Arrays.toString(times(first))
                  + " and "
                  + Arrays.toString(times(other)));
        }
      }
    }
  }

  private static long[] times(SampleBuffer buffer) {
    return Arrays.copyOf(buffer.timestamps, buffer.size());
  }

  @Override
  public void close() throws InterruptedException {
    stopped = true;
    for (Thread thread : threads) {
      thread.join();
    }
  }
}
