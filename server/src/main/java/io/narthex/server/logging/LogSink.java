package io.narthex.server.logging;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Clock;
import java.util.List;
import org.slf4j.event.KeyValuePair;
import org.slf4j.event.Level;

/**
 * Where log lines go, from which level on and in which form. The form can be set once the command
 * line is known.
 */
public final class LogSink {
  private final PrintStream stream;
  private final Clock clock;
  private volatile LogLevel level = LogLevel.INFO;
  private volatile LogFormat format = LogFormat.LOGFMT;

  public LogSink(PrintStream stream, Clock clock) {
    this.stream = stream;
    this.clock = clock;
  }

  public void configure(LogLevel newLevel, LogFormat newFormat) {
    level = newLevel;
    format = newFormat;
  }

  boolean isEnabled(String logger, Level messageLevel) {
    // Libraries tell of their inner life at info and below; users of the server want to read of the
    // server.
    LogLevel least = logger.startsWith("io.narthex.") ? level : LogLevel.WARN;
    return least.lets(messageLevel) && level.lets(messageLevel);
  }

  void write(
      String logger,
      Level messageLevel,
      String message,
      List<KeyValuePair> pairs,
      Throwable thrown) {
    LogLine line =
        new LogLine(format)
            .time(clock.instant())
            .put("level", LogLevel.of(messageLevel).name())
            .put("source", logger.substring(logger.lastIndexOf('.') + 1))
            .put("msg", message);
    for (KeyValuePair pair : pairs) {
      line.put(pair.key, String.valueOf(pair.value));
    }
    if (thrown != null) {
      line.put("err", thrown.getMessage() == null ? thrown.toString() : thrown.getMessage());
      if (!isExpected(thrown)) {
        line.put("stack", stackOf(thrown));
      }
    }
    stream.print(line.finish());
  }

  /** Trouble from outside is told by its message; only a fault of ours needs the stack. */
  private static boolean isExpected(Throwable thrown) {
    return thrown instanceof java.io.IOException
        || (thrown.getMessage() != null
            && !(thrown instanceof NullPointerException)
            && !(thrown instanceof IndexOutOfBoundsException)
            && !(thrown instanceof IllegalStateException)
            && !(thrown instanceof ClassCastException)
            && !(thrown instanceof Error));
  }

  private static String stackOf(Throwable thrown) {
    StringWriter out = new StringWriter();
    thrown.printStackTrace(new PrintWriter(out));
    return out.toString();
  }
}
