package io.narthex.promql.exec.trace;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Shares the time of the threads of one query out to its operators. On each thread operators call
 * each other; at every call and return the time since the one before goes to the operator that had
 * the thread until then.
 */
final class WorkClock {
  private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
  private final boolean hasCpu =
      threads.isCurrentThreadCpuTimeSupported() && threads.isThreadCpuTimeEnabled();
  private final ThreadLocal<Calls> calls = ThreadLocal.withInitial(Calls::new);

  /** The calls that are under way on one thread, outermost first. */
  private final class Calls {
    private final List<Measure> open = new ArrayList<>();
    private long wall;
    private long cpu;

    void turn() {
      long wallNow = System.nanoTime();
      long cpuNow = hasCpu ? threads.getCurrentThreadCpuTime() : wallNow;
      if (!open.isEmpty()) {
        open.getLast().spent(wallNow - wall, cpuNow - cpu);
      }
      wall = wallNow;
      cpu = cpuNow;
    }
  }

  /** This thread works for an operator from now on. */
  void enter(Measure operator) {
    Calls own = calls.get();
    own.turn();
    own.open.add(operator);
  }

  /** It is done and works for whoever called. */
  void exit() {
    Calls own = calls.get();
    own.turn();
    own.open.removeLast();
  }

  /** Whom this thread works for. */
  @Nullable Measure current() {
    List<Measure> open = calls.get().open;
    return open.isEmpty() ? null : open.getLast();
  }
}
