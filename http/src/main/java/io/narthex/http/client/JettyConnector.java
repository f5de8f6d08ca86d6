package io.narthex.http.client;

import java.time.Duration;
import java.util.concurrent.LinkedBlockingQueue;
import org.eclipse.jetty.io.ArrayByteBufferPool;
import org.eclipse.jetty.io.ClientConnector;
import org.eclipse.jetty.util.component.LifeCycle;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.util.thread.Scheduler;

/** Threads and the selector of Jetty's clients, running. */
final class JettyConnector implements AutoCloseable {
  private static final int MAX_THREADS = 16;
  private static final Duration THREAD_IDLE = Duration.ofSeconds(30);
  private static final long POOLED_BYTES = 8 << 20;

  /** Jetty's own queue would start all of the JVM's management beans to learn a constant. */
  private final QueuedThreadPool executor =
      new QueuedThreadPool(
          MAX_THREADS, 1, (int) THREAD_IDLE.toMillis(), new LinkedBlockingQueue<>());

  private final ClientConnector connector = new SharedConnector();

  JettyConnector(Scheduler scheduler) {
    executor.setName("http-client");
    executor.setDaemon(true);
    executor.setReservedThreads(0);
    connector.setSelectors(1);
    connector.setExecutor(executor);
    connector.setScheduler(scheduler);
    connector.setByteBufferPool(new ArrayByteBufferPool(0, -1, -1, -1, POOLED_BYTES, POOLED_BYTES));
    connector.setSslContextFactory(new NeverUsedTls());
    try {
      executor.start();
      connector.start();
    } catch (Exception e) {
      throw new IllegalStateException("cannot start the HTTP client: " + e.getMessage(), e);
    }
  }

  ClientConnector connector() {
    return connector;
  }

  @Override
  public void close() {
    LifeCycle.stop(connector);
    LifeCycle.stop(executor);
  }

  /**
   * Each transport brings its own; this one only keeps Jetty from loading a trust store early, and
   * has nothing to warn of.
   */
  private static final class NeverUsedTls extends SslContextFactory.Client {
    NeverUsedTls() {
      super(true);
    }

    @Override
    protected void checkTrustAll() {}

    @Override
    protected void checkEndPointIdentificationAlgorithm() {}
  }
}
