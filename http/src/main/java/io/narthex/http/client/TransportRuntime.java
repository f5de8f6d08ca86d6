package io.narthex.http.client;

import java.time.Duration;
import org.eclipse.jetty.io.ArrayByteBufferPool;
import org.eclipse.jetty.io.ClientConnector;
import org.eclipse.jetty.util.component.LifeCycle;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.util.thread.ScheduledExecutorScheduler;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * Threads, timers and buffers that all transports of a process share, so that one transport per
 * scrape pool costs little. Close it after the last transport.
 */
public final class TransportRuntime implements AutoCloseable {
  private static final int MAX_THREADS = 16;
  private static final Duration THREAD_IDLE = Duration.ofSeconds(30);
  private static final long POOLED_BYTES = 8 << 20;

  private final QueuedThreadPool executor = new QueuedThreadPool(MAX_THREADS, 1);
  private final Scheduler scheduler = new ScheduledExecutorScheduler("http-client-timer", true);
  private final ClientConnector connector = new SharedConnector();
  private final BodyBudget budget = new BodyBudget(Runtime.getRuntime().maxMemory());
  private final InflaterPool inflaters = new InflaterPool();
  private final ReadBuffers readBuffers = new ReadBuffers();

  public TransportRuntime() {
    executor.setName("http-client");
    executor.setDaemon(true);
    executor.setIdleTimeout((int) THREAD_IDLE.toMillis());
    executor.setReservedThreads(0);
    connector.setSelectors(1);
    connector.setExecutor(executor);
    connector.setScheduler(scheduler);
    connector.setByteBufferPool(new ArrayByteBufferPool(0, -1, -1, -1, POOLED_BYTES, POOLED_BYTES));
    connector.setSslContextFactory(new NeverUsedTls());
    try {
      executor.start();
      scheduler.start();
      connector.start();
    } catch (Exception e) {
      throw new IllegalStateException("cannot start the HTTP client: " + e.getMessage(), e);
    }
  }

  ClientConnector connector() {
    return connector;
  }

  Scheduler scheduler() {
    return scheduler;
  }

  ReadBuffers readBuffers() {
    return readBuffers;
  }

  BodyBudget budget() {
    return budget;
  }

  InflaterPool inflaters() {
    return inflaters;
  }

  @Override
  public void close() {
    LifeCycle.stop(connector);
    LifeCycle.stop(scheduler);
    LifeCycle.stop(executor);
    inflaters.close();
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
