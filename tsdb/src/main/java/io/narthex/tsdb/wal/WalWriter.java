package io.narthex.tsdb.wal;

import io.narthex.storage.StorageException;
import io.narthex.tsdb.encoding.ByteWriter;
import io.narthex.tsdb.encoding.Crc32c;
import io.narthex.tsdb.encoding.FileErrors;
import io.narthex.tsdb.encoding.Folders;
import io.narthex.tsdb.thread.EndOfThread;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.List;
import java.util.function.IntConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Appends records to the newest segment of a log. Safe for several threads: records are compressed
 * in the caller's thread and written one call after the other.
 *
 * <p>What {@link #log} took survives a crash of the process from its return on, and one of the
 * machine from the end of the segment on ({@link #nextSegment}, {@link #close}).
 */
public final class WalWriter implements AutoCloseable {
  public static final int DEFAULT_SEGMENT_BYTES = 128 << 20;

  private static final Logger LOG = LoggerFactory.getLogger(WalWriter.class);
  private static final int KEPT_BATCHES = 8;
  private static final int KEPT_BYTES = 1 << 20;

  private final Path folder;
  private final int segmentBytes;
  private final WalCompression compression;
  private final WalMetrics metrics;

  /** Idle batches; guarded by itself. */
  private final ArrayDeque<RecordBatch> batches = new ArrayDeque<>();

  /** Fragments of the running call; guarded by this, as all below. */
  private final ByteWriter out = new ByteWriter(2 * Page.BYTES);

  /** Not a channel: an interrupt of a writing thread would close that for all to come. */
  private RandomAccessFile file;

  private int firstSegment;
  private int segment;
  private IntConsumer onSegment = _ -> {};

  /** The segment's end as far as it is in the file; {@link #out} goes there. */
  private long written;

  private Thread finishing = Thread.ofVirtual().unstarted(() -> {});
  private boolean closed;

  private WalWriter(Path folder, int segmentBytes, WalCompression compression, WalMetrics metrics) {
    this.folder = folder;
    this.segmentBytes = segmentBytes;
    this.compression = compression;
    this.metrics = metrics;
  }

  /** Opens a log for appending in a new segment after those that exist. */
  public static WalWriter open(
      Path folder, int segmentBytes, WalCompression compression, WalMetrics metrics) {
    if (segmentBytes < Page.BYTES || segmentBytes % Page.BYTES != 0) {
      throw new IllegalArgumentException(
          "invalid WAL segment size " + segmentBytes + ": must be a multiple of " + Page.BYTES);
    }
    Folders.create(folder);
    WalWriter writer = new WalWriter(folder, segmentBytes, compression, metrics);
    List<Integer> existing = WalSegments.list(folder);
    int checkpoint = Checkpoint.latest(folder).map(Checkpoint::segment).orElse(-1);
    int newest = existing.isEmpty() ? -1 : existing.getLast();
    writer.firstSegment = Math.max(newest, checkpoint) + 1;
    writer.startSegment(writer.firstSegment);
    metrics.size.set(() -> Folders.sizeBytes(folder));
    return writer;
  }

  public Path folder() {
    return folder;
  }

  /**
   * Adds records, in this order and with none of others between them, and hands them to the
   * operating system. Empty ones are left out.
   *
   * @throws StorageException where they cannot be written; then none of them is in the log
   */
  public void log(ByteWriter... records) {
    RecordBatch batch = takeBatch();
    for (ByteWriter record : records) {
      batch.add(record);
    }
    try {
      write(batch);
    } catch (StorageException e) {
      metrics.writesFailed.inc();
      throw e;
    }
    if (metrics.bytesSaved.isPresent()) {
      metrics.bytesSaved.get().add(batch.savedBytes());
    }
    giveBack(batch);
  }

  private synchronized void write(RecordBatch batch) {
    if (closed) {
      throw new StorageException("the write-ahead log in " + folder + " is closed");
    }
    // A batch is kept in one segment, so that failing to write it can be undone.
    cutUnlessFits(batch.totalBytes() + (long) Page.HEADER_BYTES * batch.count());
    for (int i = 0; i < batch.count(); i++) {
      cutUnlessFits(batch.length(i));
      fragments(batch, i);
    }
    writeOut();
  }

  private void cutUnlessFits(long bytes) {
    if (bytes > leftInSegment() && written + out.length() > 0) {
      nextSegment();
    }
  }

  /** Payload bytes that still fit the segment. */
  private long leftInSegment() {
    long position = written + out.length();
    int left = Page.left(position);
    long pagesAfter = (segmentBytes - position - left) / Page.BYTES;
    return left - Page.HEADER_BYTES + Math.max(0, pagesAfter) * (Page.BYTES - Page.HEADER_BYTES);
  }

  private void fragments(RecordBatch batch, int record) {
    byte[] bytes = batch.bytes();
    int at = batch.start(record);
    int left = batch.length(record);
    boolean first = true;
    do {
      int room = Page.left(written + out.length());
      if (room < Page.HEADER_BYTES) {
        padPage(room);
        continue;
      }
      int part = Math.min(left, room - Page.HEADER_BYTES);
      boolean last = part == left;
      int kind = first ? (last ? Page.FULL : Page.FIRST) : (last ? Page.LAST : Page.MIDDLE);
      out.u8(kind | batch.flag(record));
      out.u16(part);
      out.u32(Crc32c.of(bytes, at, part));
      out.bytes(bytes, at, part);
      metrics.recordPartWrites.inc();
      metrics.recordPartBytes.add((long) part + Page.HEADER_BYTES);
      at += part;
      left -= part;
      first = false;
    } while (left > 0);
    int room = Page.left(written + out.length());
    if (room < Page.HEADER_BYTES) {
      padPage(room);
    }
  }

  private void padPage(int bytes) {
    for (int i = 0; i < bytes; i++) {
      out.u8(0);
    }
  }

  private void writeOut() {
    if (out.isEmpty()) {
      return;
    }
    try {
      file.seek(written);
      file.write(out.array(), 0, out.length());
      long at = written + out.length();
      metrics.pageFlushes.inc();
      metrics.completedPages.add(at / Page.BYTES - written / Page.BYTES);
      written = at;
    } catch (IOException e) {
      cutBack();
      throw new StorageException(
          "cannot write to " + WalSegments.file(folder, segment) + ": " + FileErrors.reason(e), e);
    } finally {
      out.clear();
    }
  }

  /** A half written batch must not stand before the next one. */
  private void cutBack() {
    try {
      file.setLength(written);
    } catch (IOException e) {
      LOG.warn("cannot cut {} back to {} bytes", WalSegments.file(folder, segment), written, e);
    }
  }

  /**
   * Ends the segment and starts the next, whose number is returned. The old one is synced to disk
   * in the background.
   */
  public synchronized int nextSegment() {
    if (closed) {
      throw new StorageException("the write-ahead log in " + folder + " is closed");
    }
    endPage();
    RandomAccessFile old = file;
    int oldSegment = segment;
    startSegment(segment + 1);
    awaitFinished();
    finishing = Thread.ofVirtual().name("wal-sync").start(() -> finish(old, oldSegment));
    onSegment.accept(segment);
    return segment;
  }

  private void endPage() {
    int room = Page.left(written + out.length());
    if (room < Page.BYTES) {
      padPage(room);
    }
    writeOut();
  }

  private void startSegment(int number) {
    Path path = WalSegments.file(folder, number);
    try {
      RandomAccessFile created = new RandomAccessFile(path.toFile(), "rw");
      written = created.length();
      file = created;
    } catch (IOException e) {
      throw new StorageException("cannot create " + path + ": " + FileErrors.reason(e), e);
    }
    segment = number;
    metrics.currentSegment.set(number);
  }

  private void finish(RandomAccessFile old, int oldSegment) {
    long start = System.nanoTime();
    try (old) {
      old.getFD().sync();
    } catch (IOException e) {
      LOG.error("cannot sync {}", WalSegments.file(folder, oldSegment), e);
    }
    metrics.fsyncSeconds.observeSince(start);
  }

  private void awaitFinished() {
    EndOfThread.await(finishing);
  }

  /** Syncs what has been written to disk. */
  public synchronized void sync() {
    long start = System.nanoTime();
    try {
      file.getFD().sync();
    } catch (IOException e) {
      throw new StorageException(
          "cannot sync " + WalSegments.file(folder, segment) + ": " + FileErrors.reason(e), e);
    }
    metrics.fsyncSeconds.observeSince(start);
  }

  public synchronized int currentSegment() {
    return segment;
  }

  /** The segment that it started with. */
  public synchronized int firstSegment() {
    return firstSegment;
  }

  /** Behind all records so far. */
  public synchronized WalPosition position() {
    return new WalPosition(segment, written);
  }

  /** Tells of each segment that is started from now on, before anything is written to it. */
  public synchronized void onSegment(IntConsumer listener) {
    onSegment = listener;
  }

  /** Deletes the segments numbered below; never the current one. */
  public void truncate(int below) {
    metrics.truncations.inc();
    for (int number : WalSegments.list(folder)) {
      if (number >= below || number >= currentSegment()) {
        return;
      }
      Path path = WalSegments.file(folder, number);
      try {
        Files.deleteIfExists(path);
      } catch (IOException e) {
        metrics.truncationsFailed.inc();
        throw new StorageException("cannot delete " + path + ": " + FileErrors.reason(e), e);
      }
    }
  }

  /** All segments and checkpoints, in bytes. */
  public long sizeBytes() {
    return Folders.sizeBytes(folder);
  }

  /** Ends the log's last page and syncs it to disk. */
  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    try {
      endPage();
    } finally {
      awaitFinished();
      finish(file, segment);
    }
  }

  private RecordBatch takeBatch() {
    synchronized (batches) {
      RecordBatch batch = batches.pollFirst();
      if (batch != null) {
        batch.clear();
        return batch;
      }
    }
    return new RecordBatch(compression);
  }

  private void giveBack(RecordBatch batch) {
    synchronized (batches) {
      if (batches.size() < KEPT_BATCHES && batch.totalBytes() < KEPT_BYTES) {
        batches.addFirst(batch);
      }
    }
  }
}
