package io.narthex.server.logging;

import java.util.ArrayList;
import java.util.List;
import org.slf4j.Marker;
import org.slf4j.event.KeyValuePair;
import org.slf4j.event.Level;
import org.slf4j.event.LoggingEvent;
import org.slf4j.helpers.AbstractLogger;
import org.slf4j.helpers.MessageFormatter;
import org.slf4j.spi.LoggingEventAware;

/** A logger that hands its events to the sink. */
final class SinkLogger extends AbstractLogger implements LoggingEventAware {
  private static final long serialVersionUID = 1L;

  private final transient LogSink sink;

  SinkLogger(String name, LogSink sink) {
    this.name = name;
    this.sink = sink;
  }

  @Override
  public void log(LoggingEvent event) {
    if (sink.isEnabled(name, event.getLevel())) {
      List<KeyValuePair> pairs = event.getKeyValuePairs();
      sink.write(
          name,
          event.getLevel(),
          MessageFormatter.basicArrayFormat(event.getMessage(), event.getArgumentArray()),
          pairs == null ? List.of() : new ArrayList<>(pairs),
          event.getThrowable());
    }
  }

  @Override
  protected void handleNormalizedLoggingCall(
      Level level, Marker marker, String pattern, Object[] arguments, Throwable throwable) {
    sink.write(
        name, level, MessageFormatter.basicArrayFormat(pattern, arguments), List.of(), throwable);
  }

  @Override
  protected String getFullyQualifiedCallerName() {
    return SinkLogger.class.getName();
  }

  @Override
  public boolean isTraceEnabled() {
    return sink.isEnabled(name, Level.TRACE);
  }

  @Override
  public boolean isTraceEnabled(Marker marker) {
    return isTraceEnabled();
  }

  @Override
  public boolean isDebugEnabled() {
    return sink.isEnabled(name, Level.DEBUG);
  }

  @Override
  public boolean isDebugEnabled(Marker marker) {
    return isDebugEnabled();
  }

  @Override
  public boolean isInfoEnabled() {
    return sink.isEnabled(name, Level.INFO);
  }

  @Override
  public boolean isInfoEnabled(Marker marker) {
    return isInfoEnabled();
  }

  @Override
  public boolean isWarnEnabled() {
    return sink.isEnabled(name, Level.WARN);
  }

  @Override
  public boolean isWarnEnabled(Marker marker) {
    return isWarnEnabled();
  }

  @Override
  public boolean isErrorEnabled() {
    return sink.isEnabled(name, Level.ERROR);
  }

  @Override
  public boolean isErrorEnabled(Marker marker) {
    return isErrorEnabled();
  }
}
