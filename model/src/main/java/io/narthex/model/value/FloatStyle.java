package io.narthex.model.value;

/** The notations in which Go, and so Prometheus, prints a float with the fewest digits. */
public enum FloatStyle {
  /** Never an exponent, as {@code strconv.FormatFloat(v, 'f', -1, 64)}. */
  FIXED(Integer.MIN_VALUE, Integer.MAX_VALUE),
  /**
   * An exponent below 1e-4 and from 1e6, as {@code 'g'} and {@code fmt.Sprint}: exposition formats,
   * expressions, templates.
   */
  GENERAL(-4, 6),
  /** An exponent below 1e-6 and from 1e21: sample values in the HTTP API. */
  JSON(-6, 21),
  /** Always an exponent, as {@code 'e'}. */
  EXPONENT(Integer.MAX_VALUE, Integer.MIN_VALUE);

  private final int minExponent;
  private final int exponentLimit;

  FloatStyle(int minExponent, int exponentLimit) {
    this.minExponent = minExponent;
    this.exponentLimit = exponentLimit;
  }

  /** Whether a number whose first digit stands at this power of ten is written with an exponent. */
  boolean usesExponent(int exponent) {
    return exponent < minExponent || exponent >= exponentLimit;
  }
}
