package io.narthex.tsdb;

import io.narthex.storage.StorageException;
import io.narthex.tsdb.thread.EndOfThread;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A thread that loads something and then works on it in rounds, until it is stopped. Nothing but
 * that ends it: without it the head would grow for ever.
 */
final class BackgroundRounds {
  private static final Logger LOG = LoggerFactory.getLogger(BackgroundRounds.class);

  private final Load load;
  private final Round round;
  private final long intervalMillis;
  private final Thread thread;

  /** Guarded by this. */
  private boolean stopped;

  /** What comes first. */
  interface Load {
    void run();

    /** It threw this, so that there will be no rounds. */
    void failed(Throwable e);
  }

  /** Work that comes again and again. */
  interface Round {
    void run() throws InterruptedException;
  }

  BackgroundRounds(Load load, Round round, long intervalMillis) {
    this.load = load;
    this.round = round;
    this.intervalMillis = intervalMillis;
    this.thread = Thread.ofPlatform().name("tsdb").daemon().unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  private void run() {
    try {
      load.run();
    } catch (RuntimeException | Error e) {
      report("opening storage failed", e);
      load.failed(e);
      return;
    }
    while (awaitNext()) {
      try {
        round.run();
      } catch (InterruptedException e) {
        return;
      } catch (RuntimeException | Error e) {
        report("compaction failed", e);
      }
    }
  }

  private static void report(String what, Throwable e) {
    LOG.atError().addKeyValue("err", e.getMessage()).setCause(cause(e)).log(what);
  }

  /** The stack of what should not happen; what is wrong with files is said by the message. */
  private static @Nullable Throwable cause(Throwable e) {
    return e instanceof StorageException ? null : e;
  }

  /** Sleeps until the next round; false where there is none. Nobody interrupts file operations. */
  private synchronized boolean awaitNext() {
    long deadline = System.nanoTime() + intervalMillis * 1_000_000;
    while (!stopped) {
      long left = (deadline - System.nanoTime()) / 1_000_000;
      if (left <= 0) {
        return true;
      }
      try {
        wait(left);
      } catch (InterruptedException e) {
        return false;
      }
    }
    return false;
  }

  /** No round begins any more. */
  synchronized void stop() {
    stopped = true;
    notifyAll();
  }

  /** Waits for the end of the round, or the load, that is under way. */
  void awaitEnd() {
    EndOfThread.await(thread);
  }
}
