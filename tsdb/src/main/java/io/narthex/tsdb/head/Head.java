package io.narthex.tsdb.head;

import io.narthex.model.labels.Matcher;
import io.narthex.storage.Querier;
import io.narthex.storage.StorageException;
import io.narthex.tsdb.chunk.HeadChunkFiles;
import io.narthex.tsdb.exemplar.ExemplarStorage;
import io.narthex.tsdb.wal.WalWriter;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * The newest samples of all series.
 *
 * <p>Threads: the commit lock lets one batch at a time change rows; the index lock guards symbols,
 * label sets and postings, and is taken after the commit lock where both are. Readers take the
 * index lock to find series, and none to read samples.
 */
public final class Head implements AutoCloseable {
  /** No sample yet: {@link #minTime} and {@link #maxTime} of an empty head. */
  public static final long NO_MIN = Long.MAX_VALUE;

  public static final long NO_MAX = Long.MIN_VALUE;

  final ReentrantLock commitLock = new ReentrantLock();
  final ReentrantReadWriteLock indexLock = new ReentrantReadWriteLock();
  final SymbolTable symbols = new SymbolTable();
  final LabelStore labelStore = new LabelStore(symbols);
  final SeriesTable table = new SeriesTable();
  final SeriesIndex index = new SeriesIndex(symbols, labelStore, table);
  final RowRanks ranks = new RowRanks(table, labelStore, index);
  final RefMap refs = new RefMap();
  final RowVersions versions = new RowVersions();
  final ChunkSlab slab = new ChunkSlab();
  final FullChunks fullChunks = new FullChunks(slab);
  final SeriesMetadata metadata = new SeriesMetadata();
  final OpenHistograms openHistograms = new OpenHistograms();
  final RowStarts starts = new RowStarts();
  final OutOfOrderTable outOfOrder = new OutOfOrderTable();
  final OutOfOrderLog outOfOrderLog = new OutOfOrderLog();
  final OutOfOrderWriter outOfOrderWriter;
  final HeadTombstones tombstones = new HeadTombstones();
  final ExemplarStorage exemplars;
  final HeadMetrics metrics;
  final HeadOptions options;
  final HeadChunkFiles files;
  final SampleWriter writer;
  final HistogramWriter histogramWriter;
  final NewSeries newSeries = new NewSeries();
  final SeriesRefs seriesRefs = new SeriesRefs();
  final HeadTimes times;
  final HeadSeries series = new HeadSeries(this);
  final HeadCounts counts = new HeadCounts(this);

  private final Isolation isolation = new Isolation();
  private final BatchPool batches = new BatchPool();
  private final HeadTruncation truncation = new HeadTruncation(this);
  private final OutOfOrderTruncation outOfOrderTruncation = new OutOfOrderTruncation(this);
  private final Committer committer;

  /** Batches are logged, but rows belong to the replay; set under the commit lock. */
  private volatile boolean replaying;

  private volatile Optional<WalWriter> wal = Optional.empty();
  private volatile boolean closed;

  /**
   * @param files where full chunks go; the head closes it
   */
  public Head(HeadOptions options, HeadChunkFiles files, HeadMetrics metrics) {
    this.options = options;
    this.files = files;
    this.metrics = metrics;
    this.times = new HeadTimes(options.chunkRangeMillis());
    this.exemplars = new ExemplarStorage(metrics.exemplars);
    this.writer = new SampleWriter(this);
    this.outOfOrderLog.keepStarts(options.format().startsInLog());
    this.histogramWriter = new HistogramWriter(this);
    this.outOfOrderWriter = new OutOfOrderWriter(this);
    this.committer = new Committer(this);
    metrics.watch(this);
  }

  /**
   * Logs batches from now on; without a log the head is only memory. Until a {@link HeadReplay} has
   * brought what the log had before, and then these batches, no row has samples.
   *
   * @param bound no series of the log has a reference above
   */
  public void log(WalWriter log, long bound) {
    seriesRefs.start(log.folder(), log.currentSegment(), bound);
    log.onSegment(seriesRefs::segment);
    outOfOrderLog.replayStarts(System.currentTimeMillis());
    replaying = true;
    wal = Optional.of(log);
  }

  boolean isReplaying() {
    return replaying;
  }

  /** Rows have what the log has; the caller holds the commit lock. */
  void replayed() {
    replaying = false;
    outOfOrderLog.replayEnds();
  }

  /** In which formats samples are written from now on. */
  public SampleFormat format() {
    return writer.format();
  }

  /** Changes the formats in which samples are written. */
  public void format(SampleFormat next) {
    commitLock.lock();
    try {
      writer.format(next);
      outOfOrderLog.keepStarts(next.startsInLog());
    } finally {
      commitLock.unlock();
    }
  }

  /** Logs samples out of order from now on. */
  public void logOutOfOrder(WalWriter log) {
    commitLock.lock();
    try {
      outOfOrderLog.to(log);
    } finally {
      commitLock.unlock();
    }
  }

  public boolean logsOutOfOrder() {
    return outOfOrderLog.writer().isPresent();
  }

  /** Whether samples out of order are logged, or there are some. */
  public boolean knowsOutOfOrder() {
    return logsOutOfOrder() || !outOfOrder.isEmpty();
  }

  /**
   * How much older than the newest sample of the head a sample may be that is not newer than the
   * others of its series, milliseconds; 0 where such samples are refused. Appenders that are open
   * keep to what was said before.
   */
  public void outOfOrderWindow(long millis) {
    times.outOfOrderWindow(millis);
    exemplars.outOfOrderWindow(millis);
  }

  Optional<WalWriter> wal() {
    return wal;
  }

  Isolation isolation() {
    return isolation;
  }

  public HeadAppender appender() {
    if (closed) {
      throw new StorageException("the database is closed");
    }
    metrics.appendersCreated.inc();
    return new HeadAppender(this, batches.take());
  }

  /**
   * Opens a view of a range, both ends included.
   *
   * <p>It holds back truncation of what it may read until it is closed.
   */
  public Querier querier(long mint, long maxt) {
    return new HeadQuerier(this, mint, maxt);
  }

  /** Time of the oldest sample, or the time up to which the head was truncated. */
  public long minTime() {
    return times.min();
  }

  public long maxTime() {
    return times.max();
  }

  public boolean isEmpty() {
    return times.isEmpty();
  }

  /** Samples below are refused: they belong to blocks. */
  public long minValidTime() {
    return times.minValid();
  }

  public void minValidTime(long t) {
    times.minValid(t);
  }

  /** Whether there is more than one and a half block ranges of data. */
  public boolean compactable() {
    return times.compactable();
  }

  /** Gives a row out-of-order samples; the caller holds the commit lock. */
  void addOutOfOrder(int row, OutOfOrderSeries series) {
    outOfOrder.put(row, series);
    versions.beginWrite(row);
    table.flag(row, SeriesTable.FLAG_OUT_OF_ORDER, true);
    versions.endWrite(row);
  }

  /** The row has none any more; the caller holds the commit lock. */
  void removeOutOfOrder(int row) {
    versions.beginWrite(row);
    table.flag(row, SeriesTable.FLAG_OUT_OF_ORDER, false);
    versions.endWrite(row);
    outOfOrder.remove(row);
  }

  /** The exemplars, none of which are kept until it is given a size. */
  public ExemplarStorage exemplars() {
    return exemplars;
  }

  /**
   * Logs a batch and shows it.
   *
   * @throws StorageException where it cannot be logged; then nothing of it is visible
   */
  void commit(Batch batch) {
    commitLock.lock();
    try {
      if (closed) {
        throw new StorageException("the database is closed");
      }
      committer.commit(batch);
    } finally {
      commitLock.unlock();
    }
  }

  /** What a block of a range, both ends included, would hold. */
  public HeadSlice slice(long mint, long maxt) {
    return new HeadSlice(this, mint, maxt);
  }

  /**
   * Forgets what is before a time, which blocks have by now. Waits for views that may read it;
   * views opened from now on are the caller's care.
   *
   * @param patienceMillis how long to wait
   * @return false where views were open for longer; then nothing was dropped
   */
  public boolean truncate(long mint, long patienceMillis) throws InterruptedException {
    if (isEmpty() || minTime() >= mint) {
      return true;
    }
    if (!isolation.awaitViews(minTime(), mint - 1, isolation.sequence(), patienceMillis)) {
      return false;
    }
    metrics.truncations.inc();
    times.raiseMin(mint);
    long oldest = truncation.run(mint);
    if (oldest > mint && oldest != Long.MAX_VALUE) {
      times.raiseOldest(mint, oldest);
    }
    return true;
  }

  /** Moves all out-of-order samples to head chunks, from where a block can take them. */
  public OutOfOrderCut cutOutOfOrder() {
    return outOfOrderTruncation.cut();
  }

  /** What a block of a cut's samples of a range, both ends included, would hold. */
  public OutOfOrderSlice outOfOrderSlice(OutOfOrderCut cut, long mint, long maxt) {
    return new OutOfOrderSlice(this, cut, mint, maxt);
  }

  /**
   * Forgets the samples of a cut, which blocks have by now, and what the log has of them. Waits for
   * views that may read them.
   *
   * @param patienceMillis how long to wait
   * @return false where views were open for longer; then nothing was dropped
   */
  public boolean truncateOutOfOrder(OutOfOrderCut cut, long patienceMillis)
      throws InterruptedException {
    if (!cut.isEmpty()) {
      long now = isolation.sequence();
      if (!isolation.awaitViews(cut.mint(), cut.maxt(), now, patienceMillis)) {
        return false;
      }
      outOfOrderTruncation.drop(cut);
      truncation.run(isEmpty() ? Long.MIN_VALUE : minTime());
    }
    outOfOrderTruncation.truncateLog(cut);
    return true;
  }

  /** Nobody can add samples before a time any more once the appenders that could are closed. */
  public boolean awaitAppenders(long before, long patienceMillis) throws InterruptedException {
    return isolation.awaitAppenders(before, isolation.sequence(), patienceMillis);
  }

  /** Makes truncation give up waiting, for the head will be closed. */
  public void stopWaiting() {
    isolation.stopWaiting();
  }

  /**
   * Marks samples as deleted, both ends included. They are gone from queries at once, and from disk
   * when the head is cut.
   */
  public void delete(long mint, long maxt, List<Matcher> matchers) {
    commitLock.lock();
    try {
      long from = Math.max(mint, Math.min(minTime(), times.outOfOrder().mint()));
      long to = Math.min(maxt, Math.max(maxTime(), times.outOfOrder().maxt()));
      new HeadDeletion(this).delete(from, to, matchers);
    } finally {
      commitLock.unlock();
    }
  }

  /**
   * Takes rows out whose samples are all in blocks, and notes that in the log. The caller holds the
   * commit lock.
   */
  void evict(int[] rows) {
    truncation.evict(rows);
  }

  /** Drops all that a row has, as if it were new. Only while the log is replayed. */
  void forgetSamples(int row) {
    truncation.forgetSamples(row);
  }

  /**
   * Takes out those of some rows that have no samples. The caller holds the commit lock.
   *
   * @param lastSegment the newest segment of the log that may speak of them
   */
  void removeEmpty(int[] rows, long lastSegment) {
    truncation.removeEmpty(rows, lastSegment);
  }

  /** Frees what truncation took out and nobody knows any more. */
  public void sweep() {
    truncation.sweep();
  }

  /**
   * Starts a segment and, where there are enough, writes what is still needed of the older two
   * thirds to a checkpoint and deletes them.
   */
  public void truncateLog(long mint) {
    if (wal.isPresent()) {
      new LogTruncation(this, wal.get(), truncation).run(mint);
    }
  }

  void giveBack(Batch batch) {
    batches.give(batch);
  }

  /** How much there is. */
  public HeadCounts counts() {
    return counts;
  }

  /** Refuses further batches, waits for the running one and closes log and chunk files. */
  @Override
  public void close() {
    commitLock.lock();
    try {
      if (closed) {
        return;
      }
      closed = true;
      try {
        wal.ifPresent(WalWriter::close);
        seriesRefs.close();
      } finally {
        files.close();
      }
    } finally {
      commitLock.unlock();
    }
  }
}
