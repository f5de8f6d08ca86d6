package io.narthex.model.histogram;

/**
 * Bounds of native histogram buckets.
 *
 * <p>Bucket i of exponential schema s ends, inclusive, at {@code 2^(i / 2^s)}; with custom bounds
 * it ends at the i-th of them, and one bucket more ends at +Inf.
 */
public final class HistogramSchema {
  public static final int MIN_EXPONENTIAL = -4;
  public static final int MAX_EXPONENTIAL = 8;

  private static final int STEPS = 1 << MAX_EXPONENTIAL;

  private HistogramSchema() {}

  /** The upper bound of a bucket, inclusive on the positive side. */
  public static double upperBound(int schema, int bucket, double[] customValues) {
    if (schema == FloatHistogram.CUSTOM_BUCKETS_SCHEMA) {
      if (bucket < 0) {
        return Double.NEGATIVE_INFINITY;
      }
      return bucket < customValues.length ? customValues[bucket] : Double.POSITIVE_INFINITY;
    }
    return exponentialBound(schema, bucket);
  }

  private static double exponentialBound(int schema, int bucket) {
    if (schema < 0) {
      int exponent = bucket << -schema;
      // The last bucket holds all that is finite.
      return exponent == Double.MAX_EXPONENT + 1 ? Double.MAX_VALUE : Math.scalb(1.0, exponent);
    }
    int withinPowerOfTwo = bucket & (1 << schema) - 1;
    double fraction = Fractions.OF_STEP[withinPowerOfTwo << MAX_EXPONENTIAL - schema];
    int exponent = (bucket >> schema) + 1;
    if (fraction == 0.5 && exponent == Double.MAX_EXPONENT + 2) {
      return Double.MAX_VALUE;
    }
    return Math.scalb(fraction, exponent);
  }

  /**
   * {@code 2^(i/256 - 1)}, in the very bits that Prometheus and its client libraries use: each
   * schema takes the bounds of the coarser one and puts between two of them the lower one times the
   * schema's factor. Some are not the nearest doubles, because the factors came from Go's Exp2.
   */
  private static final class Fractions {
    static final double[] OF_STEP = new double[STEPS];

    /** Half of {@code 2^(2^-schema)}, for schemas 1 to 8. */
    private static final double[] HALF_FACTORS = {
      0.7071067811865475, 0.5946035575013605, 0.5452538663326288, 0.5221368912137069,
      0.5109485743270583, 0.5054446430258502, 0.5027149505564014, 0.5013556375251013
    };

    static {
      OF_STEP[0] = 0.5;
      for (int schema = 1; schema <= MAX_EXPONENTIAL; schema++) {
        double factor = 2 * HALF_FACTORS[schema - 1];
        int distance = STEPS >> schema;
        for (int i = distance; i < STEPS; i += 2 * distance) {
          OF_STEP[i] = OF_STEP[i - distance] * factor;
        }
      }
    }
  }
}
