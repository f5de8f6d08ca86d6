package io.narthex.promql.exec;

import io.narthex.promql.QueryExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Counts the samples a query holds, against the limit, and those it looked at, for statistics. As
 * Prometheus does, input of an aggregation counts until the aggregation is done, although it is
 * streamed here: a query is refused on either server alike.
 */
public class SampleAccount {
  private final long max;
  private final AtomicLong current = new AtomicLong();
  private final AtomicLong peak = new AtomicLong();
  private final AtomicLong total = new AtomicLong();
  private final AtomicLong read = new AtomicLong();
  private final long @Nullable [] totalPerStep;
  private final long @Nullable [] readPerStep;

  /**
   * @param steps steps of the query where samples are counted per step, else 0
   */
  public SampleAccount(long max, int steps) {
    this.max = max;
    this.totalPerStep = steps == 0 ? null : new long[steps];
    this.readPerStep = steps == 0 ? null : new long[steps];
  }

  /** Counts samples that the query holds from now on. */
  public void hold(long samples) {
    long now = current.addAndGet(samples);
    if (now > max) {
      throw QueryExecutionException.tooManySamples();
    }
  }

  public long held() {
    return current.get();
  }

  /** Says that of what was taken since a reading of {@link #held} only so many remain. */
  public void settle(long before, long remaining) {
    // Only here does the number fall, so only here can it have had a peak.
    peak.accumulateAndGet(current.get(), Math::max);
    current.set(before);
    hold(remaining);
  }

  /** Counts samples that were looked at. */
  public void looked(long samples, long newlyRead) {
    total.getAndAdd(samples);
    read.getAndAdd(newlyRead);
  }

  public boolean countsSteps() {
    return totalPerStep != null;
  }

  /** Counts samples that one step looked at; for the per-step figures only. */
  public synchronized void lookedAt(int step, long samples, long newlyRead) {
    if (totalPerStep != null && readPerStep != null && step < totalPerStep.length) {
      totalPerStep[step] += samples;
      readPerStep[step] += newlyRead;
    }
  }

  public long total() {
    return total.get();
  }

  public long read() {
    return read.get();
  }

  public long peak() {
    return Math.max(peak.get(), current.get());
  }

  public long[] totalPerStep() {
    return totalPerStep == null ? new long[0] : totalPerStep;
  }

  public long[] readPerStep() {
    return readPerStep == null ? new long[0] : readPerStep;
  }
}
