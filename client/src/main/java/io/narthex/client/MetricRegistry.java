package io.narthex.client;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * The metrics of one program. There is no global registry: whoever counts something is given one.
 *
 * <p>Names are unique; registering a name twice is refused. Thread-safe.
 */
public final class MetricRegistry {
  private static final Pattern NAME = Pattern.compile("[a-zA-Z_:][a-zA-Z0-9_:]*");
  private static final Pattern LABEL_NAME = Pattern.compile("[a-zA-Z_][a-zA-Z0-9_]*");

  private final ConcurrentSkipListMap<String, MetricFamily> families =
      new ConcurrentSkipListMap<>();
  private final List<Runnable> beforeCollect = new CopyOnWriteArrayList<>();
  private final LongSupplier nanoClock;

  public MetricRegistry() {
    this(System::nanoTime);
  }

  /** A registry whose summaries slide their windows by this clock. */
  MetricRegistry(LongSupplier nanoClock) {
    this.nanoClock = nanoClock;
  }

  public Counter counter(String name, String help) {
    return counterFamily(name, help).labels();
  }

  public Family<Counter> counterFamily(String name, String help, String... labelNames) {
    return family(name, help, MetricType.COUNTER, Counter::new, labelNames);
  }

  public Gauge gauge(String name, String help) {
    return gaugeFamily(name, help).labels();
  }

  public Family<Gauge> gaugeFamily(String name, String help, String... labelNames) {
    return family(name, help, MetricType.GAUGE, Gauge::new, labelNames);
  }

  /** A histogram with these upper bounds, ascending; +Inf is implied. */
  public Histogram histogram(String name, String help, double... bounds) {
    return histogramFamily(name, help, bounds).labels();
  }

  public Family<Histogram> histogramFamily(
      String name, String help, double[] bounds, String... labelNames) {
    double[] checked = Histogram.checkedBounds(name, bounds);
    return family(name, help, MetricType.HISTOGRAM, () -> new Histogram(checked), labelNames);
  }

  /**
   * A summary with these quantiles over the last ten minutes; without quantiles, only count and
   * sum.
   */
  public Summary summary(String name, String help, double... quantiles) {
    return summaryFamily(name, help, quantiles).labels();
  }

  public Family<Summary> summaryFamily(
      String name, String help, double[] quantiles, String... labelNames) {
    double[] sorted = sortedQuantiles(name, quantiles);
    return family(name, help, MetricType.SUMMARY, () -> new Summary(sorted, nanoClock), labelNames);
  }

  /** A counter whose value is asked for at each scrape. */
  public void counterCallback(String name, String help, DoubleSupplier value) {
    callbackFamily(MetricType.COUNTER, name, help, values -> values.value(value.getAsDouble()));
  }

  /** A gauge whose value is asked for at each scrape. */
  public void gaugeCallback(String name, String help, DoubleSupplier value) {
    callbackFamily(MetricType.GAUGE, name, help, values -> values.value(value.getAsDouble()));
  }

  /** A family of counters whose children and values are asked for at each scrape. */
  public void counterCallbacks(
      String name, String help, CallbackFamily.Callback callback, String... labelNames) {
    callbackFamily(MetricType.COUNTER, name, help, callback, labelNames);
  }

  /** A family of gauges whose children and values are asked for at each scrape. */
  public void gaugeCallbacks(
      String name, String help, CallbackFamily.Callback callback, String... labelNames) {
    callbackFamily(MetricType.GAUGE, name, help, callback, labelNames);
  }

  /** A summary without quantiles whose count and sum are asked for at each scrape. */
  public void summaryCallback(String name, String help, LongSupplier count, DoubleSupplier sum) {
    register(new CallbackSummary(name, help, count, sum));
  }

  /**
   * Something to do at the start of each scrape, such as reading once what several callbacks
   * report.
   */
  public void beforeCollect(Runnable action) {
    beforeCollect.add(action);
  }

  /** Forgets a family; says whether there was one. */
  public boolean unregister(String name) {
    return families.remove(name) != null;
  }

  /** Reports all families, sorted by name. */
  public void collect(MetricSink sink) {
    for (Runnable action : beforeCollect) {
      action.run();
    }
    for (MetricFamily family : families.values()) {
      family.collect(sink);
    }
  }

  private void callbackFamily(
      MetricType type,
      String name,
      String help,
      CallbackFamily.Callback callback,
      String... labelNames) {
    register(new CallbackFamily(name, help, type, callback, checkedLabelNames(name, labelNames)));
  }

  private <M extends Metric> Family<M> family(
      String name, String help, MetricType type, Supplier<M> factory, String... labelNames) {
    Family<M> family = new Family<>(name, help, type, factory, checkedLabelNames(name, labelNames));
    register(family);
    return family;
  }

  private void register(MetricFamily family) {
    if (!NAME.matcher(family.name()).matches()) {
      throw new IllegalArgumentException("\"" + family.name() + "\" is not a valid metric name");
    }
    if (families.putIfAbsent(family.name(), family) != null) {
      throw new IllegalArgumentException("metric " + family.name() + " is registered already");
    }
  }

  private static String[] checkedLabelNames(String name, String... labelNames) {
    for (int i = 0; i < labelNames.length; i++) {
      String label = labelNames[i];
      if (!LABEL_NAME.matcher(label).matches() || label.equals("le") || label.equals("quantile")) {
        throw new IllegalArgumentException(
            "metric " + name + ": \"" + label + "\" is not a valid label name");
      }
      for (int j = 0; j < i; j++) {
        if (labelNames[j].equals(label)) {
          throw new IllegalArgumentException(
              "metric " + name + ": label \"" + label + "\" is given twice");
        }
      }
    }
    return labelNames;
  }

  private static double[] sortedQuantiles(String name, double[] quantiles) {
    double[] sorted = quantiles.clone();
    Arrays.sort(sorted);
    for (double q : sorted) {
      if (!(q > 0 && q < 1)) {
        throw new IllegalArgumentException(
            "summary " + name + ": quantiles lie between 0 and 1, got " + q);
      }
    }
    return sorted;
  }
}
