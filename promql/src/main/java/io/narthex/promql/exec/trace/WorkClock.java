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
 *
 * <p>To ask for a thread's processor time takes several times as long as many a call, so that is
 * done now and then, and shared out as the time on the wall was since.
 */
final class WorkClock {
  private static final long CPU_READ_NANOS = 200_000;

  private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
  private final boolean hasCpu =
      threads.isCurrentThreadCpuTimeSupported() && threads.isThreadCpuTimeEnabled();
  private final ThreadLocal<Calls> calls = ThreadLocal.withInitial(Calls::new);

  /** The wall time of one operator on one thread since the processor time was read. */
  private static final class Share {
    final Measure operator;
    long nanos;

    Share(Measure operator) {
      this.operator = operator;
    }
  }

  /** The calls that are under way on one thread, outermost first. */
  private final class Calls {
    private final List<Measure> open = new ArrayList<>();
    private final List<Share> shares = new ArrayList<>();
    private long unshared;
    private long wall;
    private long cpu = cpuTime();

    void turn() {
      long now = System.nanoTime();
      if (!open.isEmpty()) {
        long nanos = now - wall;
        open.getLast().spent(nanos);
        share(open.getLast()).nanos += nanos;
        unshared += nanos;
        if (unshared >= CPU_READ_NANOS) {
          shareOut();
        }
      }
      wall = now;
    }

    private Share share(Measure operator) {
      for (int i = 0; i < shares.size(); i++) {
        if (shares.get(i).operator == operator) {
          return shares.get(i);
        }
      }
      Share added = new Share(operator);
      shares.add(added);
      return added;
    }

    /** What the thread did between calls is not theirs, so they get no more than the wall says. */
    private void shareOut() {
      long cpuNow = cpuTime();
      double part = Math.clamp((cpuNow - cpu) / (double) unshared, 0.0, 1.0);
      for (Share share : shares) {
        share.operator.worked(share.nanos, (long) (share.nanos * part));
        share.nanos = 0;
      }
      unshared = 0;
      cpu = cpuNow;
    }
  }

  private long cpuTime() {
    return hasCpu ? threads.getCurrentThreadCpuTime() : System.nanoTime();
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
