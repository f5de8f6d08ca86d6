package io.narthex.it.fuzz;

import io.narthex.it.process.WriteRequest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * Random series as Prometheus meets them: counters that start anew, gauges, classic histograms,
 * gaps, staleness markers, NaN and infinities, series that come and go.
 *
 * <p>Versions differ in whether a range includes a sample on its edge, so that no sample lies on a
 * whole or a half second, where all edges are. They also differ in how they guess when a counter
 * was zero, which they do where it rises as much as it was: counters that start anew are negative,
 * the others large. Values are multiples of an eighth: sums are exact.
 */
final class FuzzData {
  static final long START_MILLIS = 1_760_000_000_000L;
  static final int STEPS = 400;
  private static final int INTERVAL_MILLIS = 15_000;
  private static final int STEPS_A_REQUEST = 20;
  private static final double STALE = Double.longBitsToDouble(0x7ff0000000000002L);
  private static final String[] BOUNDS = {"0.1", "0.5", "1", "2.5", "+Inf"};

  private final Random random;
  private final List<Series> series = new ArrayList<>();
  private final List<NativeSeries> natives = new ArrayList<>();

  FuzzData(long seed) {
    random = new Random(seed);
    for (String job : new String[] {"a", "b", "c"}) {
      for (int i = 0; i < 4; i++) {
        target(job, "i" + i);
      }
    }
    for (int pod = 0; pod < 25; pod++) {
      int from = random.nextInt(STEPS);
      int to = from + 20 + random.nextInt(100);
      add(new Gauge(), from, to, "__name__", "churn", "job", "a", "pod", "p" + pod);
    }
  }

  /** An evaluation time in the middle, for queries that name one. */
  static String middle() {
    return (START_MILLIS + (long) STEPS / 2 * INTERVAL_MILLIS) / 1000 + ".5";
  }

  static long endMillis() {
    return START_MILLIS + (long) STEPS * INTERVAL_MILLIS;
  }

  private void target(String job, String instance) {
    String[] target = {"instance", instance, "job", job};
    for (String mode : new String[] {"idle", "user"}) {
      add(new Counter(), 0, STEPS, with(target, "c_total", "mode", mode));
    }
    String zone = random.nextInt(3) == 0 ? "" : "z" + random.nextInt(2);
    add(new Gauge(), 0, STEPS, with(target, "g", "zone", zone));
    for (String kind : new String[] {"nan", "gaps", "constant"}) {
      add(new Odd(kind), 0, STEPS, with(target, "odd", "kind", kind));
    }
    Histogram histogram = new Histogram();
    for (int i = 0; i < BOUNDS.length; i++) {
      add(histogram.bucket(i), 0, STEPS, with(target, "h_bucket", "le", BOUNDS[i]));
    }
    add(histogram.bucket(BOUNDS.length - 1), 0, STEPS, with(target, "h_count", "", ""));
    for (NativeSeries.Shape shape : NativeSeries.Shape.values()) {
      String[] labels = with(target, shape.metric(), "", "");
      natives.add(new NativeSeries(random, shape, phase(), labels));
    }
  }

  /** Labels in the order of their names. */
  private static String[] with(String[] target, String metric, String name, String value) {
    List<String> labels = new ArrayList<>(List.of("__name__", metric));
    labels.addAll(List.of(target));
    if (!value.isEmpty()) {
      labels.addAll(List.of(name, value));
    }
    return labels.toArray(String[]::new);
  }

  private void add(Values values, int from, int to, String... labels) {
    series.add(new Series(labels, values, phase(), from, to));
  }

  private int phase() {
    return random.nextInt(INTERVAL_MILLIS / 1000) * 1000 + 1 + random.nextInt(498);
  }

  /** Everything, as bodies of remote write requests in the order of time. */
  List<byte[]> requests() {
    List<byte[]> bodies = new ArrayList<>();
    WriteRequest request = new WriteRequest();
    for (int step = 0; step <= STEPS; step++) {
      for (Series one : series) {
        one.write(request, step);
      }
      if (step < STEPS) {
        for (NativeSeries one : natives) {
          one.write(request, START_MILLIS + (long) step * INTERVAL_MILLIS);
        }
      }
      if (step % STEPS_A_REQUEST == 0 || step == STEPS) {
        bodies.add(request.body());
        request = new WriteRequest();
      }
    }
    return bodies;
  }

  /** A series, its place between two steps of the clock, and when it lives. */
  private record Series(String[] labels, Values values, int phase, int from, int to) {
    void write(WriteRequest request, int step) {
      long t = START_MILLIS + (long) step * INTERVAL_MILLIS + phase;
      if (step == to) {
        request.add(t, STALE, labels);
      } else if (step >= from && step < to) {
        double value = values.at(step);
        if (Double.doubleToRawLongBits(value) != Gap.BITS) {
          request.add(t, value, labels);
        }
      }
    }
  }

  private interface Values {
    double at(int step);
  }

  /** Where there is no sample. */
  private static final class Gap {
    static final long BITS = 0x7ff8_0000_0000_beefL;
    static final double VALUE = Double.longBitsToDouble(BITS);
  }

  private final class Counter implements Values {
    private final boolean resets = random.nextBoolean();
    private double value = (resets ? -1e7 : 1e7) + random.nextInt(1_000_000);

    @Override
    public double at(int step) {
      if (resets && random.nextInt(40) == 0) {
        value = -1e7 + random.nextInt(1000);
      }
      value += random.nextInt(4) == 0 ? 0 : random.nextInt(4000) / 8.0;
      return random.nextInt(60) == 0 ? Gap.VALUE : value;
    }
  }

  private final class Gauge implements Values {
    private double value = random.nextInt(1000);

    @Override
    public double at(int step) {
      value += (random.nextInt(800) - 400) / 8.0;
      return random.nextInt(30) == 0 ? Gap.VALUE : value;
    }
  }

  private final class Odd implements Values {
    private final String kind;
    private int gap;

    Odd(String kind) {
      this.kind = kind;
    }

    @Override
    public double at(int step) {
      return switch (kind) {
        case "constant" -> 42;
        case "nan" ->
            switch (random.nextInt(6)) {
              case 0 -> Double.NaN;
              case 1 -> Double.POSITIVE_INFINITY;
              case 2 -> Double.NEGATIVE_INFINITY;
              default -> random.nextInt(100);
            };
        default -> {
          if (gap-- > 0) {
            yield Gap.VALUE;
          }
          if (random.nextInt(12) == 0) {
            gap = random.nextInt(40);
            yield random.nextBoolean() ? STALE : Gap.VALUE;
          }
          yield random.nextInt(100) / 8.0;
        }
      };
    }
  }

  /** Cumulative buckets that are observed into once a step. */
  private final class Histogram {
    private final double[] counts = new double[BOUNDS.length];
    private int observed = -1;

    Histogram() {
      Arrays.fill(counts, 1e7);
    }

    Values bucket(int i) {
      return step -> {
        if (step > observed) {
          observed = step;
          double more = 0;
          for (int b = 0; b < counts.length; b++) {
            more += random.nextInt(20);
            counts[b] += more;
          }
        }
        return counts[i];
      };
    }
  }
}
