package io.narthex.promql.function;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** Numbers as Go prints them: label values and messages contain them. */
public final class GoFloat {
  private GoFloat() {}

  /** As {@code strconv.FormatFloat(v, 'f', -1, 64)}: shortest digits, no exponent. */
  public static String plain(double v) {
    if (Double.isNaN(v)) {
      return "NaN";
    }
    if (Double.isInfinite(v)) {
      return v > 0 ? "+Inf" : "-Inf";
    }
    if (v == Math.rint(v) && Math.abs(v) < 1e15) {
      return v == 0 && 1 / v < 0 ? "-0" : Long.toString((long) v);
    }
    return shortest(v).toPlainString();
  }

  /** As {@code %g}. */
  public static String general(double v) {
    if (Double.isNaN(v) || Double.isInfinite(v) || v == 0) {
      return plain(v);
    }
    return layOut(shortest(v), 6);
  }

  /** As {@code %.Ng} with N significant digits. */
  public static String general(double v, int significant) {
    if (Double.isNaN(v) || Double.isInfinite(v) || v == 0) {
      return plain(v);
    }
    MathContext rounding = new MathContext(significant, RoundingMode.HALF_EVEN);
    return layOut(new BigDecimal(v).round(rounding).stripTrailingZeros(), significant);
  }

  /** As {@code %.Nf}. */
  public static String fixed(double v, int decimals) {
    if (!Double.isFinite(v)) {
      return plain(v);
    }
    return new BigDecimal(v).setScale(decimals, RoundingMode.HALF_EVEN).toPlainString();
  }

  /** As OpenMetrics wants label values that are numbers: {@code 1.0}. */
  public static String openMetrics(double v) {
    String text = general(v);
    return Double.isFinite(v) && text.indexOf('.') < 0 && text.indexOf('e') < 0
        ? text + ".0"
        : text;
  }

  private static String layOut(BigDecimal digits, int largestExponent) {
    int exponent = digits.precision() - digits.scale() - 1;
    if (exponent >= -4 && exponent < largestExponent) {
      return digits.toPlainString();
    }
    String unscaled = digits.unscaledValue().abs().toString();
    StringBuilder out = new StringBuilder();
    if (digits.signum() < 0) {
      out.append('-');
    }
    out.append(unscaled.charAt(0));
    if (unscaled.length() > 1) {
      out.append('.').append(unscaled, 1, unscaled.length());
    }
    int magnitude = Math.abs(exponent);
    out.append('e').append(exponent < 0 ? '-' : '+');
    return out.append(magnitude < 10 ? "0" : "").append(magnitude).toString();
  }

  private static BigDecimal shortest(double v) {
    return new BigDecimal(Double.toString(v)).stripTrailingZeros();
  }
}
