package io.narthex.server.logging;

import java.time.Clock;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.slf4j.ILoggerFactory;
import org.slf4j.IMarkerFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.helpers.BasicMarkerFactory;
import org.slf4j.helpers.NOPMDCAdapter;
import org.slf4j.spi.MDCAdapter;
import org.slf4j.spi.SLF4JServiceProvider;

/**
 * Binds SLF4J to log lines in Prometheus' form on standard error. Found by SLF4J through the
 * service file.
 */
public final class LogfmtProvider implements SLF4JServiceProvider, ILoggerFactory {
  private final LogSink sink = new LogSink(System.err, Clock.systemUTC());
  private final ConcurrentMap<String, Logger> loggers = new ConcurrentHashMap<>();
  private final IMarkerFactory markers = new BasicMarkerFactory();
  private final MDCAdapter mdc = new NOPMDCAdapter();

  /** The sink of this process' loggers. */
  public static LogSink sink() {
    if (LoggerFactory.getILoggerFactory() instanceof LogfmtProvider provider) {
      return provider.sink;
    }
    throw new IllegalStateException("BUG: another SLF4J provider is on the class path");
  }

  @Override
  public Logger getLogger(String name) {
    return loggers.computeIfAbsent(name, key -> new SinkLogger(key, sink));
  }

  @Override
  public ILoggerFactory getLoggerFactory() {
    return this;
  }

  @Override
  public IMarkerFactory getMarkerFactory() {
    return markers;
  }

  @Override
  public MDCAdapter getMDCAdapter() {
    return mdc;
  }

  @Override
  public String getRequestedApiVersion() {
    return "2.0.99";
  }

  @Override
  public void initialize() {
    // Nothing to prepare: the sink starts with the defaults of the flags.
  }
}
