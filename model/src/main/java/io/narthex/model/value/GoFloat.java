package io.narthex.model.value;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;

/**
 * Floats as Go writes them: with just the digits that tell a value from its neighbours.
 * Not-a-number is {@code NaN}, infinities are {@code +Inf} and {@code -Inf}, and zero keeps its
 * sign.
 *
 * <p>{@link #append(byte[], int, double, FloatStyle)} makes no garbage. {@link GoFloatParser}
 * reads.
 */
public final class GoFloat {
  /** Room that a number needs at most in {@link FloatStyle#FIXED} notation. */
  public static final int MAX_FIXED_LENGTH = 344;

  /** Room that a number needs at most in the other notations. */
  public static final int MAX_LENGTH = 32;

  private static final byte[] NAN = {'N', 'a', 'N'};
  private static final byte[] INF = {'I', 'n', 'f'};

  /** Whole numbers below this have at most 15 digits, so all their digits count. */
  private static final double EXACT_LIMIT = 1e15;

  private GoFloat() {}

  /**
   * Writes a value as ASCII.
   *
   * @param out must have room for {@link #MAX_FIXED_LENGTH} or {@link #MAX_LENGTH} more bytes
   * @return the position behind the text
   */
  public static int append(byte[] out, int at, double value, FloatStyle style) {
    long bits = Double.doubleToRawLongBits(value);
    int biased = (int) (bits >>> 52) & 0x7ff;
    if (biased == 0x7ff) {
      return notFinite(out, at, value);
    }
    int p = at;
    if (bits < 0) {
      out[p++] = '-';
    }
    double abs = Math.abs(value);
    long whole = (long) abs;
    if (whole == abs && abs < EXACT_LIMIT) {
      return decimal(out, p, whole, 0, style);
    }
    long fraction = bits & ShortestDecimal.HIDDEN_BIT - 1;
    long c = biased == 0 ? fraction : fraction | ShortestDecimal.HIDDEN_BIT;
    int q = biased == 0 ? -1074 : biased - 1075;
    int k = ShortestDecimal.scale(q, c);
    return decimal(out, p, ShortestDecimal.digits(q, c, k), k, style);
  }

  public static StringBuilder append(StringBuilder out, double value, FloatStyle style) {
    return out.append(format(value, style));
  }

  public static String format(double value, FloatStyle style) {
    byte[] out = new byte[style == FloatStyle.FIXED ? MAX_FIXED_LENGTH : MAX_LENGTH];
    return new String(out, 0, append(out, 0, value, style), StandardCharsets.ISO_8859_1);
  }

  /** Never an exponent: number literals in printed expressions. */
  public static String plain(double value) {
    return format(value, FloatStyle.FIXED);
  }

  /** As {@code %v} and {@code 'g'}: {@code 0.0001}, {@code 1e-05}, {@code 1e+06}. */
  public static String shortest(double value) {
    return format(value, FloatStyle.GENERAL);
  }

  /** A fixed number of decimals, as {@code %.3f}; exact, rounded half to even. */
  public static String fixed(double value, int decimals) {
    if (!Double.isFinite(value)) {
      return shortest(value);
    }
    String digits =
        new BigDecimal(Math.abs(value)).setScale(decimals, RoundingMode.HALF_EVEN).toPlainString();
    return Double.doubleToRawLongBits(value) < 0 ? "-" + digits : digits;
  }

  private static int notFinite(byte[] out, int at, double value) {
    int p = at;
    if (Double.isNaN(value)) {
      System.arraycopy(NAN, 0, out, p, 3);
      return p + 3;
    }
    out[p++] = (byte) (value > 0 ? '+' : '-');
    System.arraycopy(INF, 0, out, p, 3);
    return p + 3;
  }

  /** Writes {@code digits * 10^scale}. */
  private static int decimal(byte[] out, int at, long digits, int scale, FloatStyle style) {
    long f = digits;
    int k = scale;
    if (f == 0) {
      k = 0;
    } else {
      while (f % 10 == 0) {
        f /= 10;
        k++;
      }
    }
    int length = digitCount(f);
    int exponent = length + k - 1;
    if (style.usesExponent(exponent)) {
      return scientific(out, at, f, length, exponent);
    }
    if (k >= 0) {
      int p = digits(out, at, f, length);
      return zeros(out, p, k);
    }
    int point = length + k;
    if (point <= 0) {
      out[at] = '0';
      out[at + 1] = '.';
      return digits(out, zeros(out, at + 2, -point), f, length);
    }
    // The digits behind the point go to their place, those before it are moved one to the left.
    digits(out, at + 1, f, length);
    System.arraycopy(out, at + 1, out, at, point);
    out[at + point] = '.';
    return at + length + 1;
  }

  private static int scientific(byte[] out, int at, long f, int length, int exponent) {
    int p = digits(out, at + 1, f, length);
    out[at] = out[at + 1];
    if (length == 1) {
      p--;
    } else {
      out[at + 1] = '.';
    }
    out[p++] = 'e';
    out[p++] = (byte) (exponent < 0 ? '-' : '+');
    int abs = Math.abs(exponent);
    return digits(out, p, abs, Math.max(2, digitCount(abs)));
  }

  private static int digits(byte[] out, int at, long f, int length) {
    long rest = f;
    int end = at + length;
    while (rest > Integer.MAX_VALUE) {
      long high = rest / 100_000_000;
      end -= 8;
      smallDigits(out, end, (int) (rest - 100_000_000 * high), 8);
      rest = high;
    }
    smallDigits(out, at, (int) rest, end - at);
    return at + length;
  }

  /** Two digits at a time, with the cheaper division of ints. */
  private static void smallDigits(byte[] out, int at, int number, int length) {
    int rest = number;
    int i = at + length;
    while (i - at >= 2) {
      int hundredth = rest / 100;
      int pair = rest - 100 * hundredth;
      rest = hundredth;
      int tens = pair / 10;
      out[--i] = (byte) ('0' + (pair - 10 * tens));
      out[--i] = (byte) ('0' + tens);
    }
    if (i > at) {
      out[at] = (byte) ('0' + rest);
    }
  }

  private static int zeros(byte[] out, int at, int count) {
    for (int i = at; i < at + count; i++) {
      out[i] = '0';
    }
    return at + count;
  }

  private static int digitCount(long f) {
    int count = 1;
    long limit = 10;
    while (f >= limit && count < 18) {
      limit *= 10;
      count++;
    }
    return count;
  }
}
