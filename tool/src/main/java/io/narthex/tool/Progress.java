package io.narthex.tool;

import java.io.PrintStream;

/**
 * Says on standard error how far long work is: on a terminal by one line that changes, elsewhere by
 * a line now and then. Short work is silent.
 */
public final class Progress {
  private static final long QUIET_NANOS = 2_000_000_000L;
  private static final long TERMINAL_NANOS = 200_000_000L;
  private static final long LOG_NANOS = 30_000_000_000L;

  private final PrintStream err;
  private final boolean terminal;
  private long next = System.nanoTime() + QUIET_NANOS;
  private int shown;

  public Progress(PrintStream err, boolean terminal) {
    this.err = err;
    this.terminal = terminal;
  }

  /** What is being done, and how much of it is done. */
  public void show(String what, long done, long of) {
    long now = System.nanoTime();
    if (now - next < 0) {
      return;
    }
    next = now + (terminal ? TERMINAL_NANOS : LOG_NANOS);
    String line = what + ", " + (of == 0 ? 100 : 100 * done / of) + "%";
    if (terminal) {
      err.print("\r" + line + " ".repeat(Math.max(0, shown - line.length())));
      err.flush();
      shown = line.length();
    } else {
      err.println(line);
    }
  }

  /** Says something that should be known although the work goes on. */
  public void warn(String message) {
    done();
    err.println("warning: " + message);
  }

  /** Takes the changing line away. */
  public void done() {
    if (shown > 0) {
      err.print("\r" + " ".repeat(shown) + "\r");
      err.flush();
      shown = 0;
    }
  }
}
