package io.narthex.promql.syntax;

import org.jspecify.annotations.Nullable;

/**
 * Does work on a thread with a large stack of its own: a chain of operators makes a tree as deep as
 * it is long, and all that walks a tree recurses.
 *
 * @param <E> what the work fails with, beside what is unchecked
 */
public final class LargeStack<T, E extends Exception> {
  /** Something to do. */
  @FunctionalInterface
  public interface Work<T, E extends Exception> {
    T run() throws E;
  }

  private final Work<T, E> work;
  private @Nullable T result;
  private @Nullable Throwable failure;

  private LargeStack(Work<T, E> work) {
    this.work = work;
  }

  /**
   * Does some work while the caller waits. It ends by itself, so an interrupt waits until then.
   *
   * @param stackBytes only as much of it takes memory as is used
   */
  public static <T, E extends Exception> T call(String name, long stackBytes, Work<T, E> work)
      throws E {
    LargeStack<T, E> call = new LargeStack<>(work);
    Thread thread = new Thread(null, call::run, name, stackBytes);
    thread.setDaemon(true);
    thread.start();
    join(thread);
    return call.outcome();
  }

  @SuppressWarnings("CatchingUnchecked") // E is not known here
  private void run() {
    try {
      result = work.run();
    } catch (Exception | Error e) {
      failure = e;
    }
  }

  @SuppressWarnings("unchecked") // nothing else that is checked can come from the work
  private T outcome() throws E {
    if (failure instanceof RuntimeException e) {
      throw e;
    }
    if (failure instanceof Error e) {
      throw e;
    }
    if (failure != null) {
      throw (E) failure;
    }
    if (result == null) {
      throw new IllegalStateException("BUG: neither a result nor a failure");
    }
    return result;
  }

  private static void join(Thread thread) {
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException _) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
