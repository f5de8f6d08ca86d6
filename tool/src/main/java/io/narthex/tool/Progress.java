package io.narthex.tool;

import java.io.PrintStream;

/**
 * Says on standard error how far long work is: on a terminal by one line that changes, elsewhere by
 * a line now and then. Short work is silent. It is also where long work learns that it is to end.
 */
public final class Progress {
  private static final long QUIET_NANOS = 1_000_000_000L;
  private static final long TERMINAL_NANOS = 200_000_000L;
  private static final long LOG_NANOS = 30_000_000_000L;

  private final PrintStream err;
  private final Place place;
  private long next;
  private int shown;

  /** Where the line goes. */
  public enum Place {
    TERMINAL,
    LOG,
    /** The terminal is taken by what the command prints. */
    NOWHERE
  }

  public Progress(PrintStream err, Place place) {
    this.err = err;
    this.place = place;
    this.next = System.nanoTime() + (place == Place.TERMINAL ? QUIET_NANOS : LOG_NANOS);
  }

  /**
   * What is being done, and how much of it is done.
   *
   * @throws ToolException where the process is to end
   */
  public void show(String what, long done, long of) {
    if (Thread.currentThread().isInterrupted()) {
      throw new ToolException("interrupted");
    }
    long now = System.nanoTime();
    if (place == Place.NOWHERE || now - next < 0) {
      return;
    }
    next = now + (place == Place.TERMINAL ? TERMINAL_NANOS : LOG_NANOS);
    String line = what + ", " + (of == 0 ? 100 : 100 * done / of) + "%";
    if (place == Place.TERMINAL) {
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
