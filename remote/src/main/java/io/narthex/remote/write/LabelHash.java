package io.narthex.remote.write;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.security.SecureRandom;

/**
 * A 128-bit hash of bytes, with keys drawn at random: equal hashes are taken for equal bytes, and
 * no sender can make up others that collide.
 *
 * <p>Two chains, each folding the 128-bit product of two keyed words, take the words in different
 * order.
 */
final class LabelHash {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private final long key0;
  private final long key1;
  private final long key2;
  private final long key3;
  private long low;
  private long high;

  LabelHash(long[] keys) {
    key0 = keys[0];
    key1 = keys[1];
    key2 = keys[2];
    key3 = keys[3];
  }

  static long[] randomKeys() {
    SecureRandom random = new SecureRandom();
    return random.longs(4).map(key -> key | 1).toArray();
  }

  long low() {
    return low;
  }

  long high() {
    return high;
  }

  void hash(byte[] bytes, int from, int to) {
    long a = key0 + to - from;
    long b = key1 ^ (to - from);
    int p = from;
    for (; to - p >= 16; p += 16) {
      long first = (long) LONG.get(bytes, p);
      long second = (long) LONG.get(bytes, p + 8);
      a = fold(a ^ first, second ^ key2);
      b = fold(b ^ second, first ^ key3);
    }
    long first = tail(bytes, p, to);
    long second = tail(bytes, p + 8, to);
    a = fold(a ^ first, second ^ key2);
    b = fold(b ^ second, first ^ key3);
    low = fold(a ^ key3, b ^ key0);
    high = fold(b ^ key2, a ^ key1) ^ a;
  }

  /** Up to eight bytes that are left; the length is part of the hash, so zeros may stand in. */
  private static long tail(byte[] bytes, int from, int to) {
    if (to - from >= 8) {
      return (long) LONG.get(bytes, from);
    }
    long word = 0;
    for (int i = to - 1; i >= from; i--) {
      word = word << 8 | bytes[i] & 0xff;
    }
    return word;
  }

  private static long fold(long x, long y) {
    return x * y ^ Math.unsignedMultiplyHigh(x, y);
  }
}
