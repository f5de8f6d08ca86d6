package io.narthex.scrape;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.security.SecureRandom;

/**
 * Hashes bytes to 128 bits with secret keys, 16 bytes at a time. Two spans with equal hashes are
 * taken for the same, so the keys keep a target from making up such spans.
 *
 * <p>Both halves fold 64 x 64 bit products, each with keys and a chain of its own.
 */
final class SpanHash {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private final long k0;
  private final long k1;
  private final long k2;
  private final long k3;
  private long low;
  private long high;

  /** Keys are drawn once per process and shared, so that hashes can move between caches. */
  record Keys(long k0, long k1, long k2, long k3) {
    static Keys random() {
      SecureRandom random = new SecureRandom();
      return new Keys(
          random.nextLong() | 1,
          random.nextLong() | 1,
          random.nextLong() | 1,
          random.nextLong() | 1);
    }
  }

  SpanHash(Keys keys) {
    k0 = keys.k0;
    k1 = keys.k1;
    k2 = keys.k2;
    k3 = keys.k3;
  }

  /** The first half of the last hash. */
  long low() {
    return low;
  }

  /** The second half of the last hash. */
  long high() {
    return high;
  }

  void hash(byte[] b, int from, int to) {
    int length = to - from;
    long x = k0 ^ length;
    long y = k3 + length;
    int p = from;
    while (p + 16 <= to) {
      long first = (long) LONG.get(b, p);
      long second = (long) LONG.get(b, p + 8);
      x = fold(first ^ x, second ^ k1);
      y = fold(second ^ y, first ^ k2);
      p += 16;
    }
    int rest = to - p;
    if (rest > 0) {
      long first;
      long second;
      if (length >= 16) {
        // Reads some bytes twice rather than one by one; the length is part of the hash.
        first = (long) LONG.get(b, to - 16);
        second = (long) LONG.get(b, to - 8);
      } else if (rest >= 8) {
        first = (long) LONG.get(b, p);
        second = (long) LONG.get(b, to - 8);
      } else {
        first = bytes(b, p, to);
        second = rest;
      }
      x = fold(first ^ x, second ^ k1);
      y = fold(second ^ y, first ^ k2);
    }
    low = fold(x ^ k2, y ^ k0);
    high = fold(y ^ k1, x ^ k3) ^ y;
  }

  private static long bytes(byte[] b, int from, int to) {
    long value = 0;
    for (int i = from; i < to; i++) {
      value = value << 8 | (b[i] & 0xff);
    }
    return value;
  }

  private static long fold(long a, long b) {
    return a * b ^ Math.unsignedMultiplyHigh(a, b);
  }
}
