package io.narthex.tsdb;

import io.narthex.client.MetricRegistry;
import io.narthex.model.labels.Matcher;
import io.narthex.storage.Appender;
import io.narthex.storage.DatabaseAdmin;
import io.narthex.storage.Querier;
import io.narthex.storage.Storage;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * A database in a directory: the head, which takes samples, and blocks, which keep them.
 *
 * <p>{@link #open} returns at once and loads in the background: until {@link #ready} completes,
 * appenders and queriers are refused with {@link io.narthex.storage.NotReadyException}. All methods
 * may be called by any thread.
 */
public final class Db implements Storage, DatabaseAdmin, AutoCloseable {
  private Db() {}

  /**
   * Locks the directory and starts loading it.
   *
   * @throws io.narthex.storage.StorageException where the directory cannot be created or is locked
   *     by another process
   */
  public static Db open(DbOptions options, MetricRegistry metrics) {
    throw new UnsupportedOperationException();
  }

  /** Completes when everything is loaded, or with the {@code StorageException} that prevents it. */
  public CompletableFuture<Void> ready() {
    throw new UnsupportedOperationException();
  }

  public boolean isReady() {
    throw new UnsupportedOperationException();
  }

  @Override
  public Appender appender() {
    throw new UnsupportedOperationException();
  }

  @Override
  public Querier querier(long mint, long maxt) {
    throw new UnsupportedOperationException();
  }

  /** Changes retention, as a reload of the configuration does; 0 is without limit. */
  public void retention(long millis, long bytes) {
    throw new UnsupportedOperationException();
  }

  /** Does now what the background thread does every minute: cut blocks, compact, drop old ones. */
  public void compact() {
    throw new UnsupportedOperationException();
  }

  /** Time of the oldest sample, milliseconds; {@code Long.MAX_VALUE} where there is none. */
  public long oldestTime() {
    throw new UnsupportedOperationException();
  }

  @Override
  public Statistics statistics(int limit) {
    throw new UnsupportedOperationException();
  }

  @Override
  public List<String> blockMetas() {
    throw new UnsupportedOperationException();
  }

  @Override
  public ReplayProgress replayProgress() {
    throw new UnsupportedOperationException();
  }

  @Override
  public long corruptions() {
    throw new UnsupportedOperationException();
  }

  @Override
  public String snapshot(boolean skipHead) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void delete(long mint, long maxt, List<Matcher> matchers) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void cleanTombstones() {
    throw new UnsupportedOperationException();
  }

  /** Stops background work, finishes the log's segment and unlocks the directory. */
  @Override
  public void close() {
    throw new UnsupportedOperationException();
  }
}
