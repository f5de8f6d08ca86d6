package io.narthex.tsdb.thread;

/** Waits for threads that must not be left behind with a file or a lock in hand. */
public final class EndOfThread {
  private EndOfThread() {}

  /** Returns when the thread has ended; who waits and is interrupted learns of it only then. */
  public static void await(Thread thread) {
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
