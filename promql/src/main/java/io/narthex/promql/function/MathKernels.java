package io.narthex.promql.function;

/** Mathematical functions of single floats. */
public final class MathKernels {
  private static final double LN2 = Math.log(2);

  private MathKernels() {}

  /** The function of that name; fails where there is none. */
  public static ElementKernel of(String name) {
    return switch (name) {
      case "abs" ->
          (in, out, n) -> {
            for (int k = 0; k < n; k++) {
              out[k] = Math.abs(in[k]);
            }
          };
      case "ceil" ->
          (in, out, n) -> {
            for (int k = 0; k < n; k++) {
              out[k] = Math.ceil(in[k]);
            }
          };
      case "floor" ->
          (in, out, n) -> {
            for (int k = 0; k < n; k++) {
              out[k] = Math.floor(in[k]);
            }
          };
      case "sqrt" ->
          (in, out, n) -> {
            for (int k = 0; k < n; k++) {
              out[k] = Math.sqrt(in[k]);
            }
          };
      default -> each(name);
    };
  }

  private static ElementKernel each(String name) {
    return switch (name) {
      case "exp" -> (in, out, n) -> apply(Math::exp, in, out, n);
      case "ln" -> (in, out, n) -> apply(Math::log, in, out, n);
      case "log2" -> (in, out, n) -> apply(MathKernels::log2, in, out, n);
      case "log10" -> (in, out, n) -> apply(Math::log10, in, out, n);
      case "sin" -> (in, out, n) -> apply(Math::sin, in, out, n);
      case "cos" -> (in, out, n) -> apply(Math::cos, in, out, n);
      case "tan" -> (in, out, n) -> apply(Math::tan, in, out, n);
      case "asin" -> (in, out, n) -> apply(Math::asin, in, out, n);
      case "acos" -> (in, out, n) -> apply(Math::acos, in, out, n);
      case "atan" -> (in, out, n) -> apply(Math::atan, in, out, n);
      case "sinh" -> (in, out, n) -> apply(Math::sinh, in, out, n);
      case "cosh" -> (in, out, n) -> apply(Math::cosh, in, out, n);
      case "tanh" -> (in, out, n) -> apply(Math::tanh, in, out, n);
      case "asinh" -> (in, out, n) -> apply(MathKernels::asinh, in, out, n);
      case "acosh" -> (in, out, n) -> apply(MathKernels::acosh, in, out, n);
      case "atanh" -> (in, out, n) -> apply(MathKernels::atanh, in, out, n);
      case "rad" -> (in, out, n) -> apply(v -> v * Math.PI / 180, in, out, n);
      case "deg" -> (in, out, n) -> apply(v -> v * 180 / Math.PI, in, out, n);
      case "sgn" -> (in, out, n) -> apply(v -> v < 0 ? -1 : v > 0 ? 1 : v, in, out, n);
      default -> throw new IllegalArgumentException("BUG: no such function: " + name);
    };
  }

  private interface Function {
    double of(double v);
  }

  private static void apply(Function function, double[] in, double[] out, int n) {
    for (int k = 0; k < n; k++) {
      out[k] = function.of(in[k]);
    }
  }

  /** {@code clamp}: no result at steps where the upper bound lies below the lower. */
  public static ElementKernel clamp(double[] min, double[] max) {
    return new ElementKernel() {
      @Override
      public void map(double[] in, double[] out, int n) {
        for (int k = 0; k < n; k++) {
          out[k] = max(min[k], min(max[k], in[k]));
        }
      }

      @Override
      public void filter(Column column) {
        for (int k = 0; k < column.steps; k++) {
          if (max[k] < min[k]) {
            column.remove(k);
          }
        }
      }
    };
  }

  /** {@code round} to multiples of a number, halves up. */
  public static ElementKernel round(double[] nearest) {
    return (in, out, n) -> {
      for (int k = 0; k < n; k++) {
        double inverse = 1.0 / nearest[k];
        out[k] = Math.floor(in[k] * inverse + 0.5) / inverse;
      }
    };
  }

  /** Go's maximum: an infinity wins over NaN. */
  public static double max(double a, double b) {
    if (a == Double.POSITIVE_INFINITY || b == Double.POSITIVE_INFINITY) {
      return Double.POSITIVE_INFINITY;
    }
    return Math.max(a, b);
  }

  /** Go's minimum: an infinity wins over NaN. */
  public static double min(double a, double b) {
    if (a == Double.NEGATIVE_INFINITY || b == Double.NEGATIVE_INFINITY) {
      return Double.NEGATIVE_INFINITY;
    }
    return Math.min(a, b);
  }

  /** Exact for powers of two, as Go's. */
  public static double log2(double v) {
    if (!(v > 0) || Double.isInfinite(v)) {
      return Math.log(v);
    }
    int exponent = Math.getExponent(v);
    if (exponent < Double.MIN_EXPONENT) {
      return log2(v * 0x1p54) - 54;
    }
    // Mantissa in [0.5, 1), so that exactly a power of two has no fraction to take the log of.
    double fraction = v / Math.scalb(1.0, exponent) / 2;
    exponent++;
    if (fraction == 0.5) {
      return exponent - 1;
    }
    return Math.log(fraction) * (1 / LN2) + exponent;
  }

  private static double asinh(double v) {
    if (Double.isNaN(v) || Double.isInfinite(v) || v == 0) {
      return v;
    }
    double x = Math.abs(v);
    double result;
    if (x > 0x1p28) {
      result = Math.log(x) + LN2;
    } else if (x > 2) {
      result = Math.log(2 * x + 1 / (Math.sqrt(x * x + 1) + x));
    } else {
      result = Math.log1p(x + x * x / (1 + Math.sqrt(1 + x * x)));
    }
    return v < 0 ? -result : result;
  }

  private static double acosh(double v) {
    if (v < 1 || Double.isNaN(v)) {
      return Double.NaN;
    }
    if (v >= 0x1p28) {
      return Math.log(v) + LN2;
    }
    if (v > 2) {
      return Math.log(2 * v - 1 / (v + Math.sqrt(v * v - 1)));
    }
    double t = v - 1;
    return Math.log1p(t + Math.sqrt(2 * t + t * t));
  }

  private static double atanh(double v) {
    if (v < -1 || v > 1 || Double.isNaN(v)) {
      return Double.NaN;
    }
    double x = Math.abs(v);
    double result;
    if (x == 1) {
      result = Double.POSITIVE_INFINITY;
    } else if (x < 0.5) {
      double t = x + x;
      result = 0.5 * Math.log1p(t + t * x / (1 - x));
    } else {
      result = 0.5 * Math.log1p((x + x) / (1 - x));
    }
    return v < 0 ? -result : result == 0 ? v : result;
  }
}
