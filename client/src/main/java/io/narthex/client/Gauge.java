package io.narthex.client;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/** A value that goes up and down. */
public final class Gauge implements Metric {
  private static final VarHandle BITS;

  static {
    try {
      BITS = MethodHandles.lookup().findVarHandle(Gauge.class, "bits", long.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  @SuppressWarnings("unused") // accessed through BITS
  private volatile long bits;

  Gauge() {}

  public void set(double value) {
    BITS.setVolatile(this, Double.doubleToRawLongBits(value));
  }

  public void inc() {
    add(1);
  }

  public void dec() {
    add(-1);
  }

  public void add(double amount) {
    long before;
    long after;
    do {
      before = (long) BITS.getVolatile(this);
      after = Double.doubleToRawLongBits(Double.longBitsToDouble(before) + amount);
    } while (!BITS.compareAndSet(this, before, after));
  }

  /** Sets the gauge to the current time in seconds since the epoch. */
  public void setToCurrentTime() {
    set(System.currentTimeMillis() / 1e3);
  }

  public double value() {
    return Double.longBitsToDouble((long) BITS.getVolatile(this));
  }

  @Override
  public void collect(String[] labelValues, MetricSink sink) {
    sink.value(labelValues, value());
  }
}
