package io.narthex.promql;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Runs queries whose text is so long that it may nest deep: a chain of operators makes a tree as
 * deep as it is long, and all that walks it recurses.
 */
final class LargeStack<T> {
  /** Shorter texts make do with any thread's stack. */
  private static final int LONG_TEXT = 1_000;

  /** Only as much of it takes memory as is used. */
  private static final long STACK_BYTES = 256L << 20;

  private final Supplier<T> work;
  private @Nullable T result;
  private @Nullable Throwable failure;

  private LargeStack(Supplier<T> work) {
    this.work = work;
  }

  static boolean isWanted(String query) {
    return query.length() > LONG_TEXT;
  }

  /** Does some work on a thread of its own while the caller waits. */
  static <T> T call(Supplier<T> work) {
    LargeStack<T> call = new LargeStack<>(work);
    Thread thread = new Thread(null, call::run, "promql-large-stack", STACK_BYTES);
    thread.setDaemon(true);
    thread.start();
    join(thread);
    return call.outcome();
  }

  private void run() {
    try {
      result = work.get();
    } catch (RuntimeException | Error e) {
      failure = e;
    }
  }

  private T outcome() {
    if (failure instanceof RuntimeException e) {
      throw e;
    }
    if (failure instanceof Error e) {
      throw e;
    }
    if (result == null) {
      throw new IllegalStateException("BUG: neither a result nor a failure");
    }
    return result;
  }

  /** A query ends with its time or by its cancellation; an interrupt waits until then. */
  private static void join(Thread thread) {
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
