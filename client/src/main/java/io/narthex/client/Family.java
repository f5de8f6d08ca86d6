package io.narthex.client;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * A family whose children are told apart by label values. {@link #labels} costs a hash lookup:
 * callers on a fast path keep the child.
 */
public final class Family<M extends Metric> extends MetricFamily {
  private record Child<M>(String[] labelValues, M metric) {}

  private final ConcurrentHashMap<Object, Child<M>> children = new ConcurrentHashMap<>();
  private final Supplier<M> factory;

  Family(String name, String help, MetricType type, Supplier<M> factory, String... labelNames) {
    super(name, help, type, labelNames);
    this.factory = factory;
  }

  /** The child of these label values, in the order of the label names; made on first use. */
  public M labels(String... values) {
    Object key = key(values);
    Child<M> child = children.get(key);
    if (child == null) {
      child = children.computeIfAbsent(key, k -> new Child<>(inOrder(values), factory.get()));
    }
    return child.metric();
  }

  /** Forgets a child; says whether there was one. */
  public boolean remove(String... values) {
    return children.remove(key(values)) != null;
  }

  /** Forgets all children. */
  public void clear() {
    children.clear();
  }

  private static Object key(String[] values) {
    return values.length == 1 ? values[0] : List.of(values);
  }

  @Override
  void collect(MetricSink sink) {
    List<Child<M>> sorted = new ArrayList<>(children.values());
    if (sorted.isEmpty()) {
      return;
    }
    start(sink);
    sorted.sort((a, b) -> Arrays.compare(a.labelValues(), b.labelValues()));
    for (Child<M> child : sorted) {
      child.metric().collect(child.labelValues(), sink);
    }
  }
}
