package io.narthex.tsdb.head;

import io.narthex.model.labels.Labels;
import io.narthex.model.labels.Matcher;
import io.narthex.model.value.StaleMarker;
import io.narthex.storage.Querier;
import io.narthex.storage.StorageException;
import io.narthex.tsdb.chunk.HeadChunkFiles;
import io.narthex.tsdb.exemplar.ExemplarStorage;
import io.narthex.tsdb.wal.WalWriter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
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

  /** How many references are not the first of their row. */
  final AtomicLong aliases = new AtomicLong();

  private final Isolation isolation = new Isolation();
  private final BatchPool batches = new BatchPool();
  private final HeadTruncation truncation = new HeadTruncation(this);
  private final OutOfOrderTruncation outOfOrderTruncation = new OutOfOrderTruncation(this);
  private final OutOfOrderTimes outOfOrderTimes = new OutOfOrderTimes();
  private final Committer committer;
  private final AtomicLong staleSeries = new AtomicLong();
  private final AtomicLong histogramSeries = new AtomicLong();

  /** Batches are logged, but rows belong to the replay; set under the commit lock. */
  private volatile boolean replaying;

  private volatile Optional<WalWriter> wal = Optional.empty();
  private volatile long minTime = NO_MIN;
  private volatile long maxTime = NO_MAX;
  private volatile long minValidTime = Long.MIN_VALUE;
  private volatile long outOfOrderWindow;
  private volatile boolean closed;

  /** The oldest sample committed since truncation started last; guarded by this. */
  private long oldestSinceTruncation = NO_MIN;

  /**
   * @param files where full chunks go; the head closes it
   */
  public Head(HeadOptions options, HeadChunkFiles files, HeadMetrics metrics) {
    this.options = options;
    this.files = files;
    this.metrics = metrics;
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
    outOfOrderWindow = Math.max(0, millis);
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
    return minTime;
  }

  public long maxTime() {
    return maxTime;
  }

  public boolean isEmpty() {
    return maxTime == NO_MAX;
  }

  /** Samples below are refused: they belong to blocks. */
  public long minValidTime() {
    return minValidTime;
  }

  public void minValidTime(long t) {
    minValidTime = t;
  }

  /** The oldest time that an appender opened now accepts. */
  long appendableFrom() {
    long max = maxTime;
    long floor = minValidTime;
    return max == NO_MAX ? floor : Math.max(floor, max - options.chunkRangeMillis() / 2);
  }

  /** What an appender opened now accepts. */
  AppendLimits appendLimits() {
    return new AppendLimits(appendableFrom(), maxTime, outOfOrderWindow);
  }

  /** Times of the samples that came out of order. */
  OutOfOrderTimes outOfOrderTimes() {
    return outOfOrderTimes;
  }

  /** Whether samples, in order or not, may be in a range, both ends included. */
  boolean mayHave(long from, long to) {
    boolean inOrder = maxTime != NO_MAX && to >= minTime && from <= maxTime;
    return inOrder || outOfOrderTimes.overlap(from, to);
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

  /** Whether there is more than one and a half block ranges of data. */
  public boolean compactable() {
    return !isEmpty() && maxTime - minTime > options.chunkRangeMillis() / 2 * 3;
  }

  /** Fixes the head's time where it has none yet. */
  synchronized void initTime(long t) {
    if (maxTime == NO_MAX) {
      minTime = t;
      maxTime = t;
    }
  }

  synchronized void extend(long mint, long maxt) {
    minTime = Math.min(minTime, mint);
    maxTime = Math.max(maxTime, maxt);
    oldestSinceTruncation = Math.min(oldestSinceTruncation, mint);
  }

  /** Forgets that there was anything before a time. */
  synchronized void raiseMinTime(long mint) {
    minTime = mint;
    minValidTime = Math.max(minValidTime, mint);
    maxTime = Math.max(maxTime, mint);
    oldestSinceTruncation = NO_MIN;
  }

  /**
   * The oldest sample may be younger than the time that the head was truncated at; but truncation
   * may have passed a row before a commit added an older one to it.
   */
  synchronized void raiseOldest(long mint, long oldest) {
    if (minTime == mint) {
      minTime = Math.min(oldest, oldestSinceTruncation);
    }
  }

  /** The reference of a label set's series, which is created where there is none. */
  long getOrCreate(Labels labels) {
    if (labels.isEmpty()) {
      throw new StorageException("empty labelset: a series needs at least one label");
    }
    indexLock.readLock().lock();
    try {
      int row = index.find(labels);
      if (row >= 0) {
        return table.ref(row);
      }
    } finally {
      indexLock.readLock().unlock();
    }
    indexLock.writeLock().lock();
    try {
      int row = index.find(labels);
      if (row < 0) {
        row = create(labels, seriesRefs.next());
        newSeries.add(row, table.ref(row));
      }
      return table.ref(row);
    } finally {
      indexLock.writeLock().unlock();
    }
  }

  /** Creates a series; the caller holds the index lock and has looked for it. */
  int create(Labels labels, long ref) {
    return create(labels.hash(), labelStore.add(labels), ref);
  }

  /** The same for a label set as symbols, names at even positions. */
  int create(long hash, int[] symbolIds, int count, long ref) {
    return create(hash, labelStore.add(symbolIds, count), ref);
  }

  private int create(long hash, int address, long ref) {
    int row = table.add(ref, address);
    index.add(row, hash);
    refs.put(ref, row);
    metrics.seriesCreated.inc();
    return row;
  }

  /** Whether some row has more than one reference. */
  boolean hasAliases() {
    return aliases.get() > 0;
  }

  /** Gives a series another reference, which the log has for it too. */
  void alias(long ref, int row) {
    refs.put(ref, row);
    aliases.incrementAndGet();
  }

  /** Labels of a row; the caller holds the index lock. */
  Labels labels(int row) {
    return labelStore.labels(table.labels(row));
  }

  /** Labels of a row, for callers without the index lock. */
  Labels lockedLabels(int row) {
    indexLock.readLock().lock();
    try {
      return labels(row);
    } finally {
      indexLock.readLock().unlock();
    }
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
    if (isEmpty() || minTime >= mint) {
      return true;
    }
    if (!isolation.awaitViews(minTime, mint - 1, isolation.sequence(), patienceMillis)) {
      return false;
    }
    metrics.truncations.inc();
    raiseMinTime(mint);
    long oldest = truncation.run(mint);
    if (oldest > mint && oldest != Long.MAX_VALUE) {
      raiseOldest(mint, oldest);
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
      truncation.run(isEmpty() ? Long.MIN_VALUE : minTime);
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
      long from = Math.max(mint, Math.min(minTime, outOfOrderTimes.mint()));
      long to = Math.min(maxt, Math.max(maxTime, outOfOrderTimes.maxt()));
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

  /** A series is gone: it counts no more for {@link #countState}. */
  void forgetState(int row) {
    boolean stale = table.hot(row, SeriesTable.LAST_V) == StaleMarker.BITS;
    boolean histogram = table.hasFlag(row, SeriesTable.FLAG_HISTOGRAM);
    countState(stale ? -1 : 0, histogram ? -1 : 0);
  }

  /** Counts series whose newest sample is a staleness marker, or a histogram. */
  void countState(int staleChange, int histogramChange) {
    if (staleChange != 0) {
      staleSeries.addAndGet(staleChange);
    }
    if (histogramChange != 0) {
      histogramSeries.addAndGet(histogramChange);
    }
  }

  public long seriesCount() {
    indexLock.readLock().lock();
    try {
      return index.size();
    } finally {
      indexLock.readLock().unlock();
    }
  }

  /** Open and full chunks. */
  public long chunkCount() {
    return (long) (metrics.chunksCreated.value() - metrics.chunksRemoved.value());
  }

  public long staleSeriesCount() {
    return staleSeries.get();
  }

  public long histogramSeriesCount() {
    return histogramSeries.get();
  }

  /** Buckets of the newest histograms of all series. */
  public long histogramBuckets() {
    return openHistograms.buckets();
  }

  public long chunkFilesBytes() {
    return files.sizeBytes();
  }

  /** Size of both logs on disk. */
  public long logBytes() {
    return wal.map(WalWriter::sizeBytes).orElse(0L)
        + outOfOrderLog.writer().map(WalWriter::sizeBytes).orElse(0L);
  }

  /** Memory in bytes by part. */
  public Map<String, Long> memory() {
    Map<String, Long> parts = new TreeMap<>();
    indexLock.readLock().lock();
    try {
      parts.putAll(index.sizes());
      parts.put("labels", labelStore.sizeBytes());
      parts.put("symbols", 2 * symbols.textBytes() + 60L * symbols.size());
      parts.put("series", table.sizeBytes() + starts.sizeBytes());
      parts.put("chunks", slab.sizeBytes() + openHistograms.sizeBytes());
      parts.put("exemplars", exemplars.sizeBytes());
    } finally {
      indexLock.readLock().unlock();
    }
    return parts;
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
