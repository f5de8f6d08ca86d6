package io.narthex.tsdb;

import io.narthex.client.MetricRegistry;
import io.narthex.model.labels.Matcher;
import io.narthex.storage.Appender;
import io.narthex.storage.DatabaseAdmin;
import io.narthex.storage.ExemplarQueryable;
import io.narthex.storage.NotReadyException;
import io.narthex.storage.Querier;
import io.narthex.storage.SeriesExemplars;
import io.narthex.storage.Storage;
import io.narthex.storage.StorageException;
import io.narthex.tsdb.block.Block;
import io.narthex.tsdb.chunk.ChunkEncoding;
import io.narthex.tsdb.compact.CompactionMetrics;
import io.narthex.tsdb.encoding.Folders;
import io.narthex.tsdb.exemplar.ExemplarStorage;
import io.narthex.tsdb.head.Head;
import io.narthex.tsdb.head.HeadMetrics;
import io.narthex.tsdb.head.HeadStatistics;
import io.narthex.tsdb.head.ReplayStatus;
import io.narthex.tsdb.head.SampleFormat;
import io.narthex.tsdb.wal.WalMetrics;
import io.narthex.tsdb.wal.WalWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A database in a directory: the head, which takes samples, and blocks, which keep them.
 *
 * <p>{@link #open} returns at once and loads in the background. From {@link #accepting} on, which
 * does not wait for the log to be read, there are appenders; until {@link #ready} completes,
 * queriers are refused with {@link NotReadyException}. All methods may be called by any thread. One
 * background thread cuts, merges and deletes blocks.
 */
public final class Db implements Storage, ExemplarQueryable, DatabaseAdmin, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Db.class);

  private static final int OPEN_ATTEMPTS = 5;

  private final DbOptions options;
  private final Optional<DirectoryLock> lock;
  private final DbMetrics metrics;
  private final CompactionMetrics compactionMetrics;
  private final HeadMetrics headMetrics;
  private final WalMetrics outOfOrderLogMetrics;
  private final Blocks blocks;
  private final ReplayStatus replay = new ReplayStatus();
  private final CompletableFuture<Void> accepting = new CompletableFuture<>();
  private final CompletableFuture<Void> ready = new CompletableFuture<>();
  private final HeadLoader loader;
  private final BackgroundRounds background;
  private volatile Optional<Head> accepted = Optional.empty();
  private volatile Optional<Parts> parts = Optional.empty();
  private volatile RetentionLimits retention;
  private volatile double staleSeriesThreshold;

  /** Milliseconds; guarded by this. */
  private long outOfOrderWindow;

  /** Guarded by this. */
  private SampleFormat format;

  private volatile boolean closed;

  /** What there is once the directory is loaded. */
  private record Parts(Head head, Maintenance maintenance, Administration administration) {}

  private Db(DbOptions options, Optional<DirectoryLock> lock, MetricRegistry registry) {
    this.options = options;
    this.lock = lock;
    this.metrics = new DbMetrics(registry);
    this.compactionMetrics = new CompactionMetrics(registry);
    this.headMetrics = new HeadMetrics(registry);
    WalMetrics walMetrics = WalMetrics.wal(registry, options.walCompression());
    this.outOfOrderLogMetrics = WalMetrics.outOfOrder(registry, options.walCompression());
    this.outOfOrderWindow = options.outOfOrderWindowMillis();
    this.format = options.format();
    this.blocks = new Blocks(options.directory(), metrics);
    this.retention = options.retention();
    this.staleSeriesThreshold = options.staleSeriesThreshold();
    metrics.watch(blocks, this::oldestTime);
    metrics.cleanStart.set(lock.map(held -> held.cleanStart() ? 1 : 0).orElse(-1));
    this.loader = new HeadLoader(options, headMetrics, walMetrics, replay);
    this.background = new BackgroundRounds(new Loading(), this::compact, options.reloadMillis());
  }

  /** Loads what takes longest of opening a database; may run before, beside other work. */
  public static void prepare() {
    DirectoryLock.prepare();
  }

  /**
   * Locks the directory and starts loading it.
   *
   * @throws StorageException where the directory cannot be created or is locked by another process
   */
  public static Db open(DbOptions options, MetricRegistry registry) {
    Folders.create(options.directory());
    Optional<DirectoryLock> lock =
        options.lockfile()
            ? Optional.of(DirectoryLock.take(options.directory()))
            : Optional.empty();
    Db db = new Db(options, lock, registry);
    db.background.start();
    return db;
  }

  /**
   * Completes when samples are taken, and kept whatever happens, though what was there before is
   * still being loaded; or with what prevents it.
   */
  public CompletableFuture<Void> accepting() {
    return accepting;
  }

  /** Completes when everything is loaded, or with the {@code StorageException} that prevents it. */
  public CompletableFuture<Void> ready() {
    return ready;
  }

  public boolean isReady() {
    return parts.isPresent() && !closed;
  }

  public Path directory() {
    return options.directory();
  }

  @Override
  public Appender appender() {
    checkOpen();
    return accepted.orElseThrow(NotReadyException::new).appender();
  }

  @Override
  public Querier querier(long mint, long maxt) {
    Head head = parts().head();
    // A block may be closed between being listed and being opened; then the list has changed.
    for (int attempt = 1; ; attempt++) {
      List<MergedQuerier.Part> opened = new ArrayList<>();
      try {
        // The head first: what it forgets from now on is in the blocks that are listed after it.
        opened.add(new MergedQuerier.Part(head.querier(mint, maxt), mint, maxt));
        openBlocks(mint, maxt, opened);
        return new MergedQuerier(opened);
      } catch (StorageException e) {
        opened.forEach(part -> part.querier().close());
        if (attempt == OPEN_ATTEMPTS) {
          throw e;
        }
      }
    }
  }

  /** Puts the blocks before the head, in the order of time. */
  private void openBlocks(long mint, long maxt, List<MergedQuerier.Part> opened) {
    int at = 0;
    for (Block block : blocks.list()) {
      if (block.overlaps(mint, maxt)) {
        long from = Math.max(mint, block.meta().minTime());
        long to = Math.min(maxt, block.meta().maxTime() - 1);
        opened.add(at++, new MergedQuerier.Part(block.querier(from, to), from, to));
      }
    }
  }

  /** Changes retention, as a reload of the configuration does. */
  public void retention(RetentionLimits limits) {
    retention = limits;
    parts.ifPresent(loaded -> loaded.maintenance().retention(limits));
  }

  /**
   * From which share of stale series in the head on these are moved to blocks early; 0 is never.
   */
  public void staleSeriesThreshold(double share) {
    staleSeriesThreshold = share;
    parts.ifPresent(loaded -> loaded.maintenance().staleSeriesThreshold(share));
  }

  /**
   * Changes how much older than the newest sample of the head a sample may be that is not newer
   * than the others of its series, milliseconds; 0 refuses such samples. What was taken before
   * stays, and goes to blocks as ever.
   *
   * @throws StorageException where their log cannot be opened; nothing has changed then
   */
  public synchronized void outOfOrderWindow(long millis) {
    if (accepted.isPresent()) {
      Head head = accepted.get();
      if (millis > 0 && !head.logsOutOfOrder()) {
        head.logOutOfOrder(openOutOfOrderLog());
      }
      head.outOfOrderWindow(millis);
    }
    outOfOrderWindow = millis;
  }

  /**
   * Changes how new chunks of floats are encoded: {@link ChunkEncoding#XOR} or {@link
   * ChunkEncoding#XOR2}. Open chunks go on as they are, unless the log keeps start times.
   */
  public synchronized void floatEncoding(ChunkEncoding encoding) {
    format = format.withFloats(encoding);
    accepted.ifPresent(head -> head.format(format));
  }

  private synchronized SampleFormat format() {
    return format;
  }

  private WalWriter openOutOfOrderLog() {
    return WalWriter.open(
        outOfOrderFolder(),
        options.walSegmentBytes(),
        options.walCompression(),
        outOfOrderLogMetrics);
  }

  private Path outOfOrderFolder() {
    return options.directory().resolve("wbl");
  }

  /** Changes how many exemplars are kept, as a reload of the configuration does. */
  public void maxExemplars(long value) {
    accepted.ifPresent(head -> resize(head.exemplars(), value));
  }

  private static void resize(ExemplarStorage exemplars, long value) {
    int before = exemplars.capacity();
    if (value != before) {
      int migrated = exemplars.resize(value);
      LOG.atInfo()
          .addKeyValue("from", before)
          .addKeyValue("to", value)
          .addKeyValue("migrated", migrated)
          .log("Exemplar storage resized");
    }
  }

  @Override
  public List<SeriesExemplars> exemplars(long start, long end, List<List<Matcher>> matcherSets) {
    return parts().head().exemplars().exemplars(start, end, matcherSets);
  }

  /** Does now what the background thread does every minute: cut blocks, compact, drop old ones. */
  public void compact() throws InterruptedException {
    Maintenance maintenance = parts().maintenance();
    maintenance.reload();
    maintenance.compact();
    maintenance.compactStaleSeries();
  }

  /** Time of the oldest sample, milliseconds; {@code Long.MAX_VALUE} where there is none. */
  public long oldestTime() {
    long head = parts.map(loaded -> loaded.head().minTime()).orElse(Long.MAX_VALUE);
    return Math.min(head, blocks.minTime().orElse(Long.MAX_VALUE));
  }

  /** Samples in memory are from this time on, milliseconds. */
  public long headMinTime() {
    return parts().head().minTime();
  }

  /** Time of the newest sample, milliseconds; {@code Long.MIN_VALUE} where there is none. */
  public long headMaxTime() {
    return parts().head().maxTime();
  }

  @Override
  public Statistics statistics(int limit) {
    return HeadStatistics.of(parts().head(), limit);
  }

  @Override
  public List<String> blockMetas() {
    return parts().administration().blockMetas();
  }

  @Override
  public ReplayProgress replayProgress() {
    return new ReplayProgress(replay.first(), replay.last(), replay.current());
  }

  @Override
  public long corruptions() {
    return headMetrics.corruptions();
  }

  @Override
  public String snapshot(boolean skipHead) {
    return parts().administration().snapshot(skipHead);
  }

  @Override
  public void delete(long mint, long maxt, List<Matcher> matchers) {
    parts().administration().delete(mint, maxt, matchers);
  }

  @Override
  public void cleanTombstones() {
    parts().maintenance().cleanTombstones();
  }

  private void checkOpen() {
    if (closed) {
      throw new StorageException("the database in " + options.directory() + " is closed");
    }
  }

  private Parts parts() {
    checkOpen();
    return parts.orElseThrow(NotReadyException::new);
  }

  /** The first thing that the background thread does. */
  private final class Loading implements BackgroundRounds.Load {
    @Override
    public void run() {
      parts = Optional.of(load());
      ready.complete(null);
    }

    @Override
    public void failed(Throwable e) {
      accepting.completeExceptionally(e);
      ready.completeExceptionally(e);
    }
  }

  private Parts load() {
    new Leftovers(options.directory()).sweep();
    long logBytes =
        Folders.sizeBytes(options.directory().resolve("wal"))
            + Folders.sizeBytes(options.directory().resolve("wbl"));
    blocks.reload(new Blocks.Limits(retention, logBytes));
    HeadLoader.Opened opened =
        loader.open(format(), blocks.inOrderMaxTime().orElse(Long.MIN_VALUE));
    Head head = opened.head();
    try {
      accept(head);
      loader.replay(opened, outOfOrderFolder());
    } catch (RuntimeException e) {
      head.close();
      throw e;
    }
    Maintenance maintenance = new Maintenance(options, head, blocks, metrics, compactionMetrics);
    maintenance.retention(retention);
    maintenance.staleSeriesThreshold(staleSeriesThreshold);
    return new Parts(head, maintenance, new Administration(options, head, blocks, maintenance));
  }

  /** A log of samples out of order that is there is replayed, and goes on, whatever the window. */
  private synchronized void accept(Head head) {
    if (outOfOrderWindow > 0 || Folders.sizeBytes(outOfOrderFolder()) > 0) {
      head.logOutOfOrder(openOutOfOrderLog());
    }
    head.outOfOrderWindow(outOfOrderWindow);
    head.format(format);
    accepted = Optional.of(head);
    accepting.complete(null);
  }

  /** Stops background work, finishes the log's segment and unlocks the directory. */
  @Override
  public void close() {
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
    }
    background.stop();
    replay.cancel();
    parts.ifPresent(loaded -> loaded.maintenance().stop());
    background.awaitEnd();
    try {
      accepted.ifPresent(Head::close);
      parts.ifPresent(loaded -> loader.writeMemorySnapshot(loaded.head()));
    } finally {
      blocks.close();
      lock.ifPresent(DirectoryLock::close);
    }
  }
}
