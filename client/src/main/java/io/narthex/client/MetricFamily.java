package io.narthex.client;

import java.util.Arrays;

/** All metrics of one name: what stands below one `# TYPE` line. */
public abstract sealed class MetricFamily permits Family, CallbackFamily, CallbackSummary {
  private static final int[] NO_LABELS = {};

  private final String name;
  private final String help;
  private final MetricType type;
  private final String[] sortedLabelNames;

  /** {@code order[i]} is the place, in the caller's order, of the label that is i-th by name. */
  private final int[] order;

  MetricFamily(String name, String help, MetricType type, String... labelNames) {
    this.name = name;
    this.help = help;
    this.type = type;
    this.order = labelNames.length == 0 ? NO_LABELS : sortedOrder(labelNames);
    this.sortedLabelNames = inOrder(labelNames);
  }

  public final String name() {
    return name;
  }

  public final String help() {
    return help;
  }

  public final MetricType type() {
    return type;
  }

  /**
   * Reports the family and its children, sorted by label values; a family without children is not
   * mentioned.
   */
  abstract void collect(MetricSink sink);

  final void start(MetricSink sink) {
    sink.family(name, help, type, sortedLabelNames);
  }

  /** Puts values given in the caller's order into the order of the sorted label names. */
  final String[] inOrder(String[] callersOrder) {
    if (callersOrder.length != order.length) {
      throw new IllegalArgumentException(
          "metric "
              + name
              + " has "
              + order.length
              + " labels, got "
              + callersOrder.length
              + " values");
    }
    String[] sorted = new String[order.length];
    for (int i = 0; i < sorted.length; i++) {
      sorted[i] = callersOrder[order[i]];
    }
    return sorted;
  }

  private static int[] sortedOrder(String[] labelNames) {
    String[] sorted = labelNames.clone();
    Arrays.sort(sorted);
    int[] order = new int[sorted.length];
    for (int i = 0; i < sorted.length; i++) {
      order[i] = Arrays.asList(labelNames).indexOf(sorted[i]);
    }
    return order;
  }
}
