package io.narthex.http.client;

import java.util.concurrent.Executor;
import org.eclipse.jetty.io.ByteBufferPool;
import org.eclipse.jetty.io.ClientConnector;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * One selector for all transports. Jetty's clients set up their connector again as each of them
 * starts; once this one runs, it keeps what it has.
 */
final class SharedConnector extends ClientConnector {
  @Override
  public void setExecutor(Executor executor) {
    if (!isRunning()) {
      super.setExecutor(executor);
    }
  }

  @Override
  public void setScheduler(Scheduler scheduler) {
    if (!isRunning()) {
      super.setScheduler(scheduler);
    }
  }

  @Override
  public void setByteBufferPool(ByteBufferPool pool) {
    if (!isRunning()) {
      super.setByteBufferPool(pool);
    }
  }

  @Override
  public void setSslContextFactory(SslContextFactory.Client factory) {
    if (!isRunning()) {
      super.setSslContextFactory(factory);
    }
  }
}
