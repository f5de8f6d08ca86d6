package io.narthex.tsdb.head;

import io.narthex.storage.StorageException;
import io.narthex.tsdb.thread.EndOfThread;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/**
 * Fills the index's rows by label value while series are created, in a thread of its own, as long
 * as nobody selects by them.
 */
final class PostingsBuilder {
  private static final int ENOUGH_ROWS = 1024;

  private final Head head;
  private final Thread thread;
  private int done;

  /** Rows that {@link #wake} has told of. */
  private int told;

  private volatile boolean ending;
  private volatile boolean given;
  private Optional<RuntimeException> failure = Optional.empty();

  PostingsBuilder(Head head) {
    this.head = head;
    this.thread = Thread.ofPlatform().name("replay-postings").daemon().unstarted(this::run);
  }

  void start() {
    head.indexLock.writeLock().lock();
    try {
      head.index.deferPostings();
    } finally {
      head.indexLock.writeLock().unlock();
    }
    thread.start();
  }

  /** There may be new series; tells the thread where there are enough of them. */
  void wake() {
    int limit = head.table.limit();
    if (limit - told >= ENOUGH_ROWS) {
      told = limit;
      given = true;
      LockSupport.unpark(thread);
    }
  }

  private void run() {
    try {
      boolean last;
      do {
        last = ending;
        given = false;
        add(limit());
        while (!given && !ending) {
          LockSupport.park(this);
        }
      } while (!last);
    } catch (RuntimeException e) {
      failure = Optional.of(e);
    }
  }

  /** Rows below are written; none is removed while a replay runs. */
  private int limit() {
    head.indexLock.readLock().lock();
    try {
      return head.table.limit();
    } finally {
      head.indexLock.readLock().unlock();
    }
  }

  private void add(int limit) {
    head.index.addPostings(done, limit);
    done = limit;
  }

  /** Waits for the thread, and adds what has come meanwhile. From then on the index is whole. */
  void finish() {
    stop();
    if (failure.isPresent()) {
      throw new StorageException("cannot index series", failure.get());
    }
    head.indexLock.writeLock().lock();
    try {
      add(head.table.limit());
      head.index.postingsComplete();
    } finally {
      head.indexLock.writeLock().unlock();
    }
  }

  void stop() {
    ending = true;
    LockSupport.unpark(thread);
    EndOfThread.await(thread);
  }
}
