package io.narthex.server;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.util.Optional;

/**
 * Keeps the heap near what is alive. The serial collector lets the old generation grow up to the
 * largest heap allowed before it looks for garbage in it; this asks for a collection as soon as the
 * old generation has doubled since the last one, as Go's collector does by itself. What a burst of
 * new series or large queries has left behind goes within a minute, though it may be less.
 */
final class HeapPacer implements AutoCloseable {
  private static final long INTERVAL_MILLIS = 250;

  /** So much may always gather: smaller heaps are not worth a pause. */
  private static final long SLACK_BYTES = 40L << 20;

  /** After this time without a collection a quarter of garbage is worth one. */
  private static final long SETTLED_NANOS = 60_000_000_000L;

  private static final long SETTLED_SLACK_BYTES = 32L << 20;

  private final Thread thread;

  private HeapPacer(MemoryPoolMXBean old) {
    thread = Thread.ofVirtual().name("heap-pacer").start(() -> watch(old));
  }

  /**
   * Starts pacing; empty where the collector in use has no such generation and looks after itself.
   */
  static Optional<HeapPacer> start() {
    return ManagementFactory.getMemoryPoolMXBeans().stream()
        .filter(pool -> pool.getType() == MemoryType.HEAP && pool.getName().equals("Tenured Gen"))
        .findFirst()
        .map(HeapPacer::new);
  }

  /**
   * Whether a collection is due.
   *
   * @param aliveBytes what was alive after the last one
   * @param usedBytes what is used now
   * @param nanosSince how long ago the last one was
   */
  static boolean isDue(long aliveBytes, long usedBytes, long nanosSince) {
    long slack =
        nanosSince > SETTLED_NANOS
            ? Math.max(aliveBytes / 4, SETTLED_SLACK_BYTES)
            : Math.max(aliveBytes, SLACK_BYTES);
    return usedBytes > aliveBytes + slack;
  }

  private static void watch(MemoryPoolMXBean old) {
    try {
      long aliveBefore = -1;
      long last = System.nanoTime();
      while (true) {
        Thread.sleep(INTERVAL_MILLIS);
        MemoryUsage afterCollection = old.getCollectionUsage();
        long alive = afterCollection == null ? 0 : afterCollection.getUsed();
        if (alive != aliveBefore) {
          aliveBefore = alive;
          last = System.nanoTime();
        }
        if (isDue(alive, old.getUsage().getUsed(), System.nanoTime() - last)) {
          System.gc();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
