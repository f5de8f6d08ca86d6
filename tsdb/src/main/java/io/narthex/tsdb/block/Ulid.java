package io.narthex.tsdb.block;

import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * A sortable 128-bit identifier: 48 bits of milliseconds, 80 random bits; 26 characters of
 * Crockford's base 32.
 */
public record Ulid(long high, long low) implements Comparable<Ulid> {
  private static final String ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
  private static final int CHARACTERS = 26;

  public static Ulid generate(long timeMillis, RandomGenerator random) {
    return new Ulid(timeMillis << 16 | (random.nextLong() & 0xFFFF), random.nextLong());
  }

  /** Empty where the text is no identifier. */
  public static Optional<Ulid> parse(String text) {
    if (text.length() != CHARACTERS || text.charAt(0) > '7') {
      return Optional.empty();
    }
    long high = 0;
    long low = 0;
    for (int i = 0; i < CHARACTERS; i++) {
      int digit = ALPHABET.indexOf(Character.toUpperCase(text.charAt(i)));
      if (digit < 0) {
        return Optional.empty();
      }
      high = high << 5 | low >>> 59;
      low = low << 5 | digit;
    }
    return Optional.of(new Ulid(high, low));
  }

  public long timeMillis() {
    return high >>> 16;
  }

  @Override
  public int compareTo(Ulid that) {
    int c = Long.compareUnsigned(high, that.high);
    return c != 0 ? c : Long.compareUnsigned(low, that.low);
  }

  @Override
  public String toString() {
    char[] text = new char[CHARACTERS];
    long h = high;
    long l = low;
    for (int i = CHARACTERS - 1; i >= 0; i--) {
      text[i] = ALPHABET.charAt((int) l & 31);
      l = l >>> 5 | h << 59;
      h >>>= 5;
    }
    return new String(text);
  }
}
