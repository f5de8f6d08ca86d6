package io.narthex.client;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A family whose values are asked for when somebody scrapes. */
public final class CallbackFamily extends MetricFamily {
  /** Receives the current values of a callback family. */
  @FunctionalInterface
  public interface Values {
    /** One child; label values in the order of the label names of the registration. */
    void value(double value, String... labelValues);
  }

  /** Reports all current values. */
  @FunctionalInterface
  public interface Callback {
    void report(Values values);
  }

  private record Row(String[] labelValues, double value) {}

  private final Callback callback;

  CallbackFamily(
      String name, String help, MetricType type, Callback callback, String... labelNames) {
    super(name, help, type, labelNames);
    this.callback = callback;
  }

  @Override
  void collect(MetricSink sink) {
    List<Row> rows = new ArrayList<>();
    callback.report((value, labelValues) -> rows.add(new Row(inOrder(labelValues), value)));
    if (rows.isEmpty()) {
      return;
    }
    rows.sort((a, b) -> Arrays.compare(a.labelValues(), b.labelValues()));
    start(sink);
    for (Row row : rows) {
      sink.value(row.labelValues(), row.value());
    }
  }
}
