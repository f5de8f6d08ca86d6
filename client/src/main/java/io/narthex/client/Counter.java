package io.narthex.client;

import java.util.concurrent.atomic.DoubleAdder;
import java.util.concurrent.atomic.LongAdder;

/**
 * A value that only grows. Whole increments and fractions are kept apart, so that counting stays
 * exact.
 */
public final class Counter implements Metric {
  private final LongAdder whole = new LongAdder();
  private final DoubleAdder fraction = new DoubleAdder();

  Counter() {}

  public void inc() {
    whole.increment();
  }

  /** Adds a whole number, which must not be negative. */
  public void add(long amount) {
    if (amount < 0) {
      throw new IllegalArgumentException("a counter cannot decrease, got " + amount);
    }
    whole.add(amount);
  }

  /** Adds an amount, which must not be negative. */
  public void add(double amount) {
    if (!(amount >= 0)) {
      throw new IllegalArgumentException("a counter cannot decrease, got " + amount);
    }
    fraction.add(amount);
  }

  public double value() {
    return whole.sum() + fraction.sum();
  }

  @Override
  public void collect(String[] labelValues, MetricSink sink) {
    sink.value(labelValues, value());
  }
}
