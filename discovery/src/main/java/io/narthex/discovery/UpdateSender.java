package io.narthex.discovery;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Calls an action some time after it was triggered, never twice at once. After a quiet time it
 * comes almost at once; calls in quick succession move apart, up to an interval.
 */
final class UpdateSender implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(UpdateSender.class);

  /** What starts together, as all discoverers after a reload, shall arrive together. */
  private static final long GATHER_NANOS = 20_000_000;

  private static final long FIRST_PAUSE_NANOS = 100_000_000;

  private final long intervalNanos;
  private final Runnable action;
  private final Thread thread;
  private boolean triggered;
  private boolean closed;

  UpdateSender(String name, Duration interval, Runnable action) {
    this.intervalNanos = interval.toNanos();
    this.action = action;
    this.thread = Thread.ofVirtual().name(name).start(this::loop);
  }

  synchronized void trigger() {
    triggered = true;
    notifyAll();
  }

  private void loop() {
    long pause = FIRST_PAUSE_NANOS;
    long lastSent = System.nanoTime() - intervalNanos;
    try {
      while (awaitTrigger()) {
        long sinceLast = System.nanoTime() - lastSent;
        if (sinceLast >= intervalNanos) {
          pause = Math.min(FIRST_PAUSE_NANOS, intervalNanos);
        }
        pause(Math.max(GATHER_NANOS, pause - sinceLast));
        send();
        lastSent = System.nanoTime();
        pause = Math.min(intervalNanos, pause + pause / 2);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized boolean awaitTrigger() throws InterruptedException {
    while (!triggered && !closed) {
      wait();
    }
    return !closed;
  }

  /** Waits, but not for what is closed. */
  private synchronized void pause(long nanos) throws InterruptedException {
    long deadline = System.nanoTime() + nanos;
    long left = nanos;
    while (left > 0 && !closed) {
      wait(left / 1_000_000, (int) (left % 1_000_000));
      left = deadline - System.nanoTime();
    }
  }

  private void send() {
    synchronized (this) {
      if (closed) {
        return;
      }
      triggered = false;
    }
    try {
      action.run();
    } catch (RuntimeException e) {
      LOG.error("an update of discovered targets was not taken", e);
    }
  }

  @Override
  public void close() {
    synchronized (this) {
      closed = true;
      notifyAll();
    }
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
