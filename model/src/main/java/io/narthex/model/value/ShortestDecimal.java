package io.narthex.model.value;

import java.math.BigInteger;

/**
 * Finds the shortest decimal that reads back as a given double, and of those the closest.
 *
 * <p>This is Raffaello Giulietti's Schubfach ("The Schubfach way to render doubles", 2020). A
 * double is {@code c * 2^q}; the decimals that round to it fill the interval between the midpoints
 * to its neighbours. The power of ten {@code 10^k} that is just smaller than the interval's width
 * is chosen, so that at least one and at most two multiples of it lie inside, and at most one
 * multiple of {@code 10^(k+1)}, which then is shorter. The three bounds are scaled by {@code 10^-k}
 * with one 126-bit factor from a table; the last bit of each is sticky, which is enough for exact
 * comparison.
 *
 * <p>The JDK's own version never yields a single digit (4.9E-324), Go's does (5e-324), so the
 * restriction to two digits is not here.
 */
final class ShortestDecimal {
  static final long HIDDEN_BIT = 1L << 52;
  private static final int MIN_K = -324;
  private static final int MAX_K = 292;
  private static final long MASK_63 = Long.MAX_VALUE;

  /** For each k the factor's upper and lower 63 bits. */
  private static final long[] FACTORS = factors();

  private ShortestDecimal() {}

  /** The power of ten that belongs to a double {@code c * 2^q}. */
  static int scale(int q, long c) {
    return irregular(q, c)
        ? (int) (q * 661_971_961_083L - 274_743_187_321L >> 41)
        : (int) (q * 661_971_961_083L >> 41);
  }

  /** The digits, to be multiplied by {@code 10^k}; trailing zeros possible. */
  static long digits(int q, long c, int k) {
    int out = (int) c & 1;
    long cb = c << 2;
    long cbl = irregular(q, c) ? cb - 1 : cb - 2;
    int h = q + (int) (-k * 913_124_641_741L >> 38) + 2;
    long g1 = FACTORS[k - MIN_K << 1];
    long g0 = FACTORS[(k - MIN_K << 1) + 1];
    long vb = roundToOdd(g1, g0, cb << h);
    long vbl = roundToOdd(g1, g0, cbl << h);
    long vbr = roundToOdd(g1, g0, cb + 2 << h);
    long s = vb >> 2;
    if (s >= 10) {
      long shorter = s / 10 * 10;
      long above = shorter + 10;
      boolean lowIn = vbl + out <= shorter << 2;
      boolean highIn = (above << 2) + out <= vbr;
      if (lowIn != highIn) {
        return lowIn ? shorter : above;
      }
    }
    long t = s + 1;
    boolean lowIn = vbl + out <= s << 2;
    boolean highIn = (t << 2) + out <= vbr;
    if (lowIn != highIn) {
      return lowIn ? s : t;
    }
    long distance = vb - (s + t << 1);
    return distance < 0 || (distance == 0 && (s & 1) == 0) ? s : t;
  }

  /** Powers of two have a neighbour below that is only half as far as the one above. */
  private static boolean irregular(int q, long c) {
    return c == HIDDEN_BIT && q != -1074;
  }

  private static long roundToOdd(long g1, long g0, long cp) {
    long low = Math.multiplyHigh(g0, cp);
    long high = Math.multiplyHigh(g1, cp);
    long z = (g1 * cp >>> 1) + low;
    return high + (z >>> 63) | (z & MASK_63) + MASK_63 >>> 63;
  }

  /** {@code floor(10^-k * 2^r) + 1} with r such that the result has 126 bits. */
  private static long[] factors() {
    long[] factors = new long[(MAX_K - MIN_K + 1) * 2];
    BigInteger power = BigInteger.ONE;
    for (int n = 0; n <= -MIN_K; n++) {
      put(factors, -n, shift(power, 126 - power.bitLength()));
      if (n > 0 && n <= MAX_K) {
        put(factors, n, BigInteger.ONE.shiftLeft(power.bitLength() + 125).divide(power));
      }
      power = power.multiply(BigInteger.TEN);
    }
    return factors;
  }

  private static BigInteger shift(BigInteger number, int by) {
    return by >= 0 ? number.shiftLeft(by) : number.shiftRight(-by);
  }

  private static void put(long[] factors, int k, BigInteger floor) {
    BigInteger g = floor.add(BigInteger.ONE);
    factors[k - MIN_K << 1] = g.shiftRight(63).longValueExact();
    factors[(k - MIN_K << 1) + 1] = g.and(BigInteger.valueOf(MASK_63)).longValueExact();
  }
}
