package io.narthex.it.process;

/**
 * A native histogram as a sender writes it: buckets from the first positive one on, each with an
 * observation at least.
 *
 * @param counts of each bucket
 * @param bounds of custom buckets; empty for exponential ones
 * @param isFloat whether counts travel as floats
 */
public record SentHistogram(double sum, long[] counts, double[] bounds, boolean isFloat) {
  private static final int CUSTOM_BUCKETS = -53;

  /** Observations of all buckets. */
  public long count() {
    long sum = 0;
    for (long count : counts) {
      sum += count;
    }
    return sum;
  }

  /** The message, which is the same in both versions of the protocol. */
  Protobuf message(long timestampMillis) {
    boolean custom = bounds.length > 0;
    Protobuf message = new Protobuf();
    if (isFloat) {
      message.fixed(2, count());
    } else {
      message.varint(1, count());
    }
    message.fixed(3, sum).zigzag(4, custom ? CUSTOM_BUCKETS : 0);
    if (!custom) {
      message.fixed(5, 1e-128);
    }
    message.message(11, new Protobuf().zigzag(1, 0).varint(2, counts.length));
    Protobuf values = new Protobuf();
    long before = 0;
    for (long count : counts) {
      if (isFloat) {
        values.fixed(count);
      } else {
        long delta = count - before;
        values.raw(delta << 1 ^ delta >> 63);
        before = count;
      }
    }
    message.message(isFloat ? 13 : 12, values).varint(15, timestampMillis);
    if (custom) {
      Protobuf upper = new Protobuf();
      for (double bound : bounds) {
        upper.fixed(bound);
      }
      message.message(16, upper);
    }
    return message;
  }
}
