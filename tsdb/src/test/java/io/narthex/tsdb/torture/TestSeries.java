package io.narthex.tsdb.torture;

import io.narthex.model.histogram.Histogram;
import io.narthex.model.labels.Labels;
import io.narthex.model.value.StaleMarker;
import java.util.Random;

/** A series of some kind, and its next samples. */
final class TestSeries {
  /** What samples a series has. */
  enum Kind {
    FLOATS,
    INTEGER_HISTOGRAMS,
    FLOAT_HISTOGRAMS,
    /** All of these. */
    MIXED
  }

  private static final double[] SPECIAL = {
    0, -0.0, Double.POSITIVE_INFINITY, Double.longBitsToDouble(StaleMarker.NORMAL_NAN_BITS), 1e300
  };

  final Labels labels;
  private final Kind kind;
  private final GrowingHistogram histogram;
  private double counter;

  private TestSeries(Labels labels, Kind kind, Random random) {
    this.labels = labels;
    this.kind = kind;
    this.histogram = new GrowingHistogram(random);
  }

  static TestSeries random(Random random, int number) {
    Labels labels =
        Labels.of(
            "__name__",
            "metric_" + random.nextInt(5),
            "i",
            Integer.toString(number),
            "zone",
            random.nextBoolean() ? "zürich" : "",
            random.nextInt(4) == 0 ? "long" : "kurz",
            random.nextInt(10) == 0 ? "x".repeat(random.nextInt(300)) : "y" + random.nextInt(3));
    int luck = random.nextInt(8);
    Kind kind = luck < 4 ? Kind.FLOATS : Kind.values()[luck - 4];
    return new TestSeries(labels, kind, random);
  }

  /** A number, a staleness marker or a histogram of integers or floats. */
  sealed interface Value {
    String text();
  }

  record Number(double value) implements Value {
    @Override
    public String text() {
      return SampleText.of(value);
    }
  }

  record Integers(Histogram value) implements Value {
    @Override
    public String text() {
      return SampleText.of(value.toFloat(), true);
    }
  }

  record Floats(Histogram value) implements Value {
    @Override
    public String text() {
      return SampleText.of(value.toFloat(), false);
    }
  }

  Value next(Random random) {
    if (random.nextInt(30) == 0) {
      return new Number(StaleMarker.VALUE);
    }
    Kind now = kind == Kind.MIXED ? Kind.values()[random.nextInt(3)] : kind;
    return switch (now) {
      case INTEGER_HISTOGRAMS -> new Integers(histogram.next(random));
      case FLOAT_HISTOGRAMS -> new Floats(histogram.next(random));
      case FLOATS, MIXED -> new Number(number(random));
    };
  }

  private double number(Random random) {
    int luck = random.nextInt(20);
    if (luck == 0) {
      return SPECIAL[random.nextInt(SPECIAL.length)];
    }
    if (luck == 1) {
      return random.nextGaussian();
    }
    counter += random.nextInt(10);
    return counter;
  }
}
