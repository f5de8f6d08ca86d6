package io.narthex.http.server;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Looks several times a second whether the clients of long running requests are still there.
 * Requests that end sooner than the first look cost two map operations.
 */
final class DisconnectWatcher implements AutoCloseable {
  private static final Duration PERIOD = Duration.ofMillis(100);

  private final Map<WatchedEndPoint, Runnable> watched = new ConcurrentHashMap<>();
  private final Thread thread =
      Thread.ofVirtual().name("http-disconnect-watcher").unstarted(this::run);

  void start() {
    thread.start();
  }

  void watch(WatchedEndPoint endPoint, Runnable onDisconnect) {
    watched.put(endPoint, onDisconnect);
  }

  void unwatch(WatchedEndPoint endPoint) {
    watched.remove(endPoint);
  }

  private void run() {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        Thread.sleep(PERIOD);
        watched.forEach(this::look);
      }
    } catch (InterruptedException e) {
      // Closed: nothing is left to watch.
    }
  }

  /** Atomic with {@link #unwatch}: nothing may be read ahead once the next request is due. */
  private void look(WatchedEndPoint endPoint, Runnable onDisconnect) {
    boolean[] gone = {false};
    watched.computeIfPresent(
        endPoint,
        (key, action) -> {
          gone[0] = key.isClientGone();
          return gone[0] ? null : action;
        });
    if (gone[0]) {
      onDisconnect.run();
    }
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
