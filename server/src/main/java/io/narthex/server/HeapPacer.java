package io.narthex.server;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.util.Optional;

/**
 * Keeps the heap near what is alive. The serial collector lets the old generation grow up to the
 * largest heap allowed before it looks for garbage in it; this asks for a collection as soon as the
 * old generation has doubled since the last one, as Go's collector does by itself.
 */
final class HeapPacer implements AutoCloseable {
  private static final long INTERVAL_MILLIS = 1_000;

  /** So much may always gather: smaller heaps are not worth a pause. */
  private static final long SLACK_BYTES = 96L << 20;

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

  /** Whether a collection is due, given what was alive after the last one and what is used now. */
  static boolean isDue(long aliveBytes, long usedBytes) {
    return usedBytes > aliveBytes + Math.max(aliveBytes, SLACK_BYTES);
  }

  private static void watch(MemoryPoolMXBean old) {
    try {
      while (true) {
        Thread.sleep(INTERVAL_MILLIS);
        MemoryUsage afterCollection = old.getCollectionUsage();
        long alive = afterCollection == null ? 0 : afterCollection.getUsed();
        if (isDue(alive, old.getUsage().getUsed())) {
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
