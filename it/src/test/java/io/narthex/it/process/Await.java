package io.narthex.it.process;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Waits for a condition that another process brings about. */
public final class Await {
  private Await() {}

  /**
   * Fails the test where the condition does not hold within the limit. A call that throws counts as
   * "not yet".
   */
  public static void until(String what, Duration limit, BooleanSupplier condition) {
    long end = System.nanoTime() + limit.toNanos();
    Throwable last = null;
    while (System.nanoTime() < end) {
      try {
        if (condition.getAsBoolean()) {
          return;
        }
      } catch (RuntimeException | AssertionError e) {
        last = e;
      }
      sleep(50);
    }
    throw new AssertionError("not within " + limit + ": " + what, last);
  }

  public static void sleep(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
