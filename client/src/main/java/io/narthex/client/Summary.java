package io.narthex.client;

import java.util.Arrays;
import java.util.function.LongSupplier;

/**
 * Count, sum and, if asked for, quantiles of the observations of about the last ten minutes.
 *
 * <p>The window slides as in Prometheus' own client library: five streams of different age each see
 * every observation; the oldest one answers, and is emptied every two minutes to become the
 * youngest.
 */
public final class Summary implements Metric {
  static final long MAX_AGE_NANOS = 600_000_000_000L;
  static final int AGE_BUCKETS = 5;

  private static final long STREAM_NANOS = MAX_AGE_NANOS / AGE_BUCKETS;
  private static final int BUFFER_SIZE = 500;

  private final double[] quantiles;
  private final LongSupplier nanoClock;
  private final QuantileStream[] streams;
  private final double[] buffer;
  private int buffered;
  private int oldest;
  private long oldestExpiresNanos;
  private long count;
  private double sum;

  Summary(double[] quantiles, LongSupplier nanoClock) {
    this.quantiles = quantiles;
    this.nanoClock = nanoClock;
    boolean windowed = quantiles.length > 0;
    this.streams = new QuantileStream[windowed ? AGE_BUCKETS : 0];
    for (int i = 0; i < streams.length; i++) {
      streams[i] = new QuantileStream(quantiles);
    }
    this.buffer = new double[windowed ? BUFFER_SIZE : 0];
    this.oldestExpiresNanos = nanoClock.getAsLong() + STREAM_NANOS;
  }

  public synchronized void observe(double value) {
    count++;
    sum += value;
    if (streams.length == 0) {
      return;
    }
    long now = nanoClock.getAsLong();
    if (buffered == buffer.length || now - oldestExpiresNanos >= 0) {
      flush(now);
    }
    buffer[buffered++] = value;
  }

  /** Observes the seconds since a {@link System#nanoTime()} reading. */
  public void observeSince(long startNanos) {
    observe((System.nanoTime() - startNanos) / 1e9);
  }

  public synchronized long count() {
    return count;
  }

  public synchronized double sum() {
    return sum;
  }

  @Override
  public synchronized void collect(String[] labelValues, MetricSink sink) {
    double[] values = new double[quantiles.length];
    if (streams.length > 0) {
      flush(nanoClock.getAsLong());
      for (int i = 0; i < values.length; i++) {
        values[i] = streams[oldest].query(quantiles[i]);
      }
    }
    sink.summary(labelValues, quantiles, values, count, sum);
  }

  /** Hands the buffered observations to all streams, then empties those whose time is over. */
  private void flush(long now) {
    if (buffered > 0) {
      Arrays.sort(buffer, 0, buffered);
      for (QuantileStream stream : streams) {
        stream.insertSorted(buffer, buffered);
      }
      buffered = 0;
    }
    while (now - oldestExpiresNanos >= 0) {
      streams[oldest].clear();
      oldest = (oldest + 1) % AGE_BUCKETS;
      oldestExpiresNanos += STREAM_NANOS;
    }
  }
}
