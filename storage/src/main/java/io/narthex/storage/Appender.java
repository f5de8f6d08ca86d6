package io.narthex.storage;

import io.narthex.model.histogram.FloatHistogram;
import io.narthex.model.histogram.Histogram;
import io.narthex.model.labels.Labels;
import io.narthex.model.metadata.MetricMetadata;
import io.narthex.model.value.Exemplar;

/**
 * Collects the samples of one batch (a scrape, a remote-write request, a rule evaluation) and makes
 * them durable and visible as a whole.
 *
 * <p>Use: any number of calls in any order, then exactly one {@link #commit} or {@link #rollback};
 * nothing after that. An appender belongs to one thread at a time. Refusals that happen every day
 * are {@link AppendResult}s and leave the batch usable; exceptions are for broken storage.
 */
public interface Appender extends AutoCloseable {
  /**
   * Finds the series of a label set or creates it.
   *
   * @return a reference, always positive, for the calls below and for later appenders: it stays
   *     valid until a call with it answers {@link AppendResult#UNKNOWN_SERIES}, and is never given
   *     to another series
   */
  long series(Labels labels);

  /** Adds a float sample; a staleness marker is one. Times are milliseconds since the epoch. */
  AppendResult append(long ref, long timestampMillis, double value);

  /** Adds a native histogram sample. The storage may keep the object. */
  AppendResult append(long ref, long timestampMillis, Histogram histogram);

  /** Adds a native histogram sample with float counts. The storage may keep the object. */
  AppendResult append(long ref, long timestampMillis, FloatHistogram histogram);

  /**
   * Adds a float sample that counts since a time; storages that keep no start times forget it.
   *
   * @param startMillis milliseconds since the epoch, 0 where not known
   */
  default AppendResult append(long ref, long timestampMillis, double value, long startMillis) {
    return append(ref, timestampMillis, value);
  }

  /** Adds a native histogram sample that counts since a time, as above. */
  default AppendResult append(
      long ref, long timestampMillis, Histogram histogram, long startMillis) {
    return append(ref, timestampMillis, histogram);
  }

  /** Adds a native histogram sample with float counts that counts since a time, as above. */
  default AppendResult append(
      long ref, long timestampMillis, FloatHistogram histogram, long startMillis) {
    return append(ref, timestampMillis, histogram);
  }

  /**
   * Adds an exemplar to a series. Storages without exemplars accept and forget it, and one that
   * repeats the newest of its series is accepted without being kept twice.
   */
  AppendResult appendExemplar(long ref, Exemplar exemplar);

  /**
   * Refuses samples out of order from now on, or takes them again, where the storage takes such
   * samples at all: staleness markers must not end up among newer samples.
   */
  default void refuseOutOfOrder(boolean refuse) {}

  /** Says what is known of the series' family; storages without metadata ignore it. */
  void updateMetadata(long ref, MetricMetadata metadata);

  /**
   * Writes the batch to the log and then shows it to queries, whole. When it returns, the batch
   * survives a crash of the process.
   *
   * @throws StorageException where the log cannot be written; then nothing of the batch is visible
   */
  void commit();

  /** Forgets the batch. Series that it created may remain, empty, until the next clean-up. */
  void rollback();

  /** Rolls back where neither commit nor rollback was called. */
  @Override
  void close();
}
