package io.narthex.tsdb.chunk;

import io.narthex.storage.StorageException;
import io.narthex.tsdb.encoding.ByteWriter;
import io.narthex.tsdb.encoding.FileErrors;
import io.narthex.tsdb.encoding.Folders;
import io.narthex.tsdb.encoding.MappedFile;
import io.narthex.tsdb.thread.EndOfThread;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The file of head chunks that is being written. Chunks are collected in memory and written in
 * large pieces: what a crash takes of them is in the log.
 *
 * <p>Its owner lets one thread at a time in; only {@link #isCurrent}, {@link #written} and so what
 * stands in the file's map below are for any thread at any time.
 */
final class HeadChunkWriter {
  private static final Logger LOG = LoggerFactory.getLogger(HeadChunkWriter.class);

  /** So much is collected before it is written. */
  private static final int WRITE_BYTES = 1 << 20;

  private final Path target;
  private final boolean createsTarget;
  private final long maxFileBytes;
  private final Map<Integer, HeadChunkFile> files;

  /** Chunks of the current file that are not written yet. */
  private final ByteWriter pending = new ByteWriter(WRITE_BYTES + 4096);

  /** The file being written; -1 for none. */
  private volatile int current = -1;

  /** How much of the current file has been written. */
  private volatile long written;

  /** The current file, null for none. Not a channel: an interrupt of a writer would close that. */
  private @Nullable RandomAccessFile file;

  private Thread syncing = Thread.ofVirtual().unstarted(() -> {});
  private boolean cut = true;
  private int lastNumber;

  /**
   * @param target the folder of new files
   * @param createsTarget whether to create that with the first of them
   * @param files where new files are put, and replaced when they are finished
   */
  HeadChunkWriter(
      Path target, boolean createsTarget, long maxFileBytes, Map<Integer, HeadChunkFile> files) {
    this.target = target;
    this.createsTarget = createsTarget;
    this.maxFileBytes = maxFileBytes;
    this.files = files;
  }

  boolean isCurrent(int number) {
    return number == current;
  }

  /** How much of the current file can be read from its map. */
  long written() {
    return written;
  }

  /** Number of the newest file. */
  int lastNumber() {
    return lastNumber;
  }

  /** The next file gets the number behind this one. */
  void continueBehind(int number) {
    lastNumber = number;
    cut = true;
  }

  /** Lets the next append start a new file. */
  void cut() {
    cut = true;
  }

  /** Whether the current file has any chunk. */
  boolean hasChunks() {
    return written + pending.length() > HeadChunkFile.HEADER_BYTES;
  }

  /** See {@link HeadChunkFiles#append}. */
  long append(
      long seriesRef,
      long mint,
      long maxt,
      ChunkEncoding encoding,
      boolean outOfOrder,
      byte[] data,
      int offset,
      int length) {
    if (cut || written + pending.length() + HeadChunkFile.META_BYTES + length > maxFileBytes) {
      startFile();
    } else if (pending.length() + length > WRITE_BYTES) {
      write();
    }
    long at = written + pending.length();
    int code = encoding.code() | (outOfOrder ? HeadChunkFile.OUT_OF_ORDER : 0);
    HeadChunkFile.chunk(pending, seriesRef, mint, maxt, code, data, offset, length);
    files.get(current).note(mint);
    return HeadChunkFile.ref(current, at);
  }

  /** {@link ChunkEncoding#NONE} where the chunk has been written in the meantime. */
  ChunkEncoding copyPending(int number, long at, ByteWriter into) {
    if (number != current || at < written) {
      return ChunkEncoding.NONE;
    }
    return PendingChunk.copy(pending, (int) (at - written), into);
  }

  private void startFile() {
    finish();
    int number = lastNumber + 1;
    Path path = HeadChunkFile.path(target, number);
    if (createsTarget) {
      Folders.create(target);
    }
    try {
      RandomAccessFile created = new RandomAccessFile(path.toFile(), "rw");
      file = created;
      // A hole up to the largest size, so that the file can be mapped once; the end is cut later.
      created.setLength(0);
      created.setLength(maxFileBytes);
      Folders.sync(target);
      files.put(number, new HeadChunkFile(number, MappedFile.open(path), 0));
    } catch (IOException e) {
      abandonFile(path);
      throw failed(path, e);
    } catch (StorageException e) {
      abandonFile(path);
      throw e;
    }
    HeadChunkFile.header(pending);
    written = 0;
    current = number;
    lastNumber = number;
    cut = false;
    write();
  }

  /** Writes the current file and gives it its real size; it is synced to disk in the background. */
  void finish() {
    RandomAccessFile finished = file;
    if (finished == null) {
      return;
    }
    write();
    HeadChunkFile old = files.get(current);
    try {
      finished.setLength(written);
    } catch (IOException e) {
      throw failed(old.mapped.path(), e);
    }
    HeadChunkFile exact = new HeadChunkFile(current, MappedFile.open(old.mapped.path()), written);
    exact.note(old.mint());
    files.put(current, exact);
    old.mapped.close();
    file = null;
    current = -1;
    written = 0;
    awaitSync();
    syncing =
        Thread.ofVirtual()
            .name("head-chunks-sync")
            .start(() -> sync(finished, exact.mapped.path()));
  }

  private static void sync(RandomAccessFile finished, Path path) {
    try (finished) {
      finished.getFD().sync();
    } catch (IOException e) {
      // The log still has all samples, so that nothing is lost where the next start finds damage.
      LOG.error("cannot sync head chunk file {}: {}", path, FileErrors.reason(e));
    }
  }

  /** Waits until all finished files are on disk. */
  void awaitSync() {
    EndOfThread.await(syncing);
  }

  /** Deletes the current file with all that is in it. */
  void abandon(Path path) {
    abandonFile(path);
    pending.clear();
    current = -1;
    written = 0;
  }

  private void abandonFile(Path path) {
    try {
      if (file != null) {
        file.close();
      }
      Files.deleteIfExists(path);
    } catch (IOException _) {
      // The failure that led here is the one to report.
    }
    file = null;
  }

  /** Hands what has been collected to the operating system. */
  void write() {
    RandomAccessFile to = file;
    if (to == null || pending.isEmpty()) {
      return;
    }
    long start = written;
    try {
      to.seek(start);
      to.write(pending.array(), 0, pending.length());
      files.get(current).end(start + pending.length());
      // Readers look into the map as soon as they see this.
      written = start + pending.length();
      pending.clear();
    } catch (IOException e) {
      throw failed(HeadChunkFile.path(target, current), e);
    }
  }

  private static StorageException failed(Path path, IOException e) {
    return new StorageException(
        "cannot write head chunk file " + path + ": " + FileErrors.reason(e), e);
  }
}
