package io.narthex.tool;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Lets a command end in order where the process is to end, as by Ctrl-C: its thread is interrupted
 * and given time to take its temporary folders away.
 */
final class Unwinding implements AutoCloseable {
  private static final long LONGEST_MILLIS = 20_000;
  private static final long STEP_MILLIS = 50;

  private final Thread command;
  private final CountDownLatch done = new CountDownLatch(1);

  private Unwinding(Thread command) {
    this.command = command;
  }

  /** Watches over the current thread until this is closed. */
  static Unwinding start() {
    Unwinding unwinding = new Unwinding(Thread.currentThread());
    Runtime.getRuntime().addShutdownHook(new Thread(unwinding::end, "unwinding"));
    return unwinding;
  }

  /** Interrupts more than once: whoever waits for something else may swallow one. */
  private void end() {
    try {
      for (long waited = 0; waited < LONGEST_MILLIS; waited += STEP_MILLIS) {
        if (done.getCount() > 0) {
          command.interrupt();
        }
        if (done.await(STEP_MILLIS, TimeUnit.MILLISECONDS)) {
          return;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    done.countDown();
  }
}
