package io.narthex.client;

import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;

/** A summary without quantiles whose count and sum somebody else keeps. */
public final class CallbackSummary extends MetricFamily {
  private static final String[] NO_LABELS = {};
  private static final double[] NO_QUANTILES = {};

  private final LongSupplier count;
  private final DoubleSupplier sum;

  CallbackSummary(String name, String help, LongSupplier count, DoubleSupplier sum) {
    super(name, help, MetricType.SUMMARY);
    this.count = count;
    this.sum = sum;
  }

  @Override
  void collect(MetricSink sink) {
    start(sink);
    sink.summary(NO_LABELS, NO_QUANTILES, NO_QUANTILES, count.getAsLong(), sum.getAsDouble());
  }
}
