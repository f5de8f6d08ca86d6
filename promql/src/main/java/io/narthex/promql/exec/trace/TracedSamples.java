package io.narthex.promql.exec.trace;

import io.narthex.promql.exec.SampleAccount;
import java.util.function.Supplier;

/** Counts samples also for the operator that looks at them. */
final class TracedSamples extends SampleAccount {
  private final WorkClock clock;
  private final Supplier<Measure> otherwise;

  /**
   * @param otherwise counts what is looked at where no operator is at work
   */
  TracedSamples(long max, int steps, WorkClock clock, Supplier<Measure> otherwise) {
    super(max, steps);
    this.clock = clock;
    this.otherwise = otherwise;
  }

  @Override
  public void looked(long samples, long newlyRead) {
    super.looked(samples, newlyRead);
    Measure current = clock.current();
    (current == null ? otherwise.get() : current).looked(samples, newlyRead);
  }
}
