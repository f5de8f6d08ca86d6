package io.narthex.http.client;

import org.eclipse.jetty.io.ClientConnector;
import org.eclipse.jetty.util.component.LifeCycle;
import org.eclipse.jetty.util.thread.ScheduledExecutorScheduler;
import org.eclipse.jetty.util.thread.Scheduler;
import org.jspecify.annotations.Nullable;

/**
 * Threads, timers and buffers that all transports of a process share, so that one transport per
 * scrape pool costs little. Close it after the last transport.
 */
public final class TransportRuntime implements AutoCloseable {
  private final Scheduler scheduler = new ScheduledExecutorScheduler("http-client-timer", true);
  private final BodyBudget budget = new BodyBudget(Runtime.getRuntime().maxMemory());
  private final InflaterPool inflaters = new InflaterPool();
  private final ReadBuffers readBuffers = new ReadBuffers();
  private @Nullable JettyConnector jetty;

  public TransportRuntime() {
    try {
      scheduler.start();
    } catch (Exception e) {
      throw new IllegalStateException("cannot start the HTTP client: " + e.getMessage(), e);
    }
  }

  /** Jetty's connector costs a tenth of a second at start, and few need one. */
  synchronized ClientConnector connector() {
    JettyConnector started = jetty;
    if (started == null) {
      started = new JettyConnector(scheduler);
      jetty = started;
    }
    return started.connector();
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
  public synchronized void close() {
    if (jetty != null) {
      jetty.close();
    }
    LifeCycle.stop(scheduler);
    inflaters.close();
  }
}
