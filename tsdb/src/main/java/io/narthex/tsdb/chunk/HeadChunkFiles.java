package io.narthex.tsdb.chunk;

import io.narthex.storage.SampleBuffer;
import io.narthex.storage.StorageException;
import io.narthex.tsdb.encoding.ByteWriter;
import io.narthex.tsdb.encoding.CorruptionException;
import io.narthex.tsdb.encoding.Folders;
import io.narthex.tsdb.encoding.MappedFile;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * The folder {@code chunks_head}: full chunks of the head, written once and read through memory
 * maps.
 *
 * <p>A chunk reference is file number << 32 | offset in the file. Appends take turns; reads may run
 * at any time from any thread, and see every chunk whose append has returned.
 */
public final class HeadChunkFiles implements AutoCloseable {
  static final long MAX_FILE_BYTES = 128L << 20;

  /** Takes the chunks found at start, in the order they were written. */
  public interface ChunkVisitor {
    void chunk(
        long seriesRef,
        long chunkRef,
        long mint,
        long maxt,
        int sampleCount,
        ChunkEncoding encoding,
        boolean outOfOrder);
  }

  private final Path folder;

  /** Where new files go: the folder itself, unless that is only read. */
  private final Path target;

  private final ConcurrentNavigableMap<Integer, HeadChunkFile> files =
      new ConcurrentSkipListMap<>();

  /** Guarded by this, but for what it says is for everybody. */
  private final HeadChunkWriter writer;

  private HeadChunkFiles(Path folder, Path target, long maxFileBytes) {
    this.folder = folder;
    this.target = target;
    this.writer = new HeadChunkWriter(target, !target.equals(folder), maxFileBytes, files);
  }

  /**
   * Opens the folder, creating it where needed, and removes an empty last file that a crash left.
   *
   * @throws CorruptionException where a file's header is damaged; {@link #deleteFrom(Path,
   *     CorruptionException)} removes it
   */
  public static HeadChunkFiles open(Path folder) {
    return open(folder, MAX_FILE_BYTES);
  }

  static HeadChunkFiles open(Path folder, long maxFileBytes) {
    Folders.create(folder);
    HeadChunkFiles opened = new HeadChunkFiles(folder, folder, maxFileBytes);
    try {
      opened.mapAll();
    } catch (RuntimeException e) {
      opened.close();
      throw e;
    }
    return opened;
  }

  /**
   * Opens a folder, which may be absent and may belong to a running server, without changing it.
   * Damaged files and those after them are passed over.
   *
   * @param sandbox where appended chunks go; created when there are enough of them to be written
   */
  public static HeadChunkFiles openReadOnly(Path folder, Path sandbox) {
    HeadChunkFiles opened = new HeadChunkFiles(folder, sandbox, MAX_FILE_BYTES);
    try {
      opened.mapAll();
    } catch (CorruptionException damage) {
      opened.deleteFrom(damage);
    } catch (RuntimeException e) {
      opened.close();
      throw e;
    }
    return opened;
  }

  private synchronized void mapAll() {
    HeadChunkFolder.map(folder, files, target.equals(folder));
    writer.continueBehind(newestFile());
  }

  private int newestFile() {
    return files.isEmpty() ? 0 : files.lastKey();
  }

  /**
   * Visits every chunk after checking its checksum. To be called before the first append.
   *
   * @throws CorruptionException at the first damaged chunk; {@link #deleteFrom} then makes the
   *     folder usable
   */
  public synchronized void visit(ChunkVisitor visitor) {
    for (HeadChunkFile file : files.values()) {
      boolean isCurrent = writer.isCurrent(file.number);
      if (isCurrent) {
        writer.write();
      }
      file.visit(isCurrent ? writer.written() : file.mapped.size(), visitor);
    }
  }

  /** Deletes the damaged file and all later ones: their samples are in the log as well. */
  public synchronized void deleteFrom(CorruptionException damage) {
    int from = HeadChunkFolder.number(damage);
    for (HeadChunkFile file : List.copyOf(files.tailMap(from, true).values())) {
      drop(file);
    }
    writer.continueBehind(newestFile());
  }

  /** The same for a folder that does not open. */
  public static void deleteFrom(Path folder, CorruptionException damage) {
    HeadChunkFolder.deleteFrom(folder, damage);
  }

  /**
   * Writes one chunk (complete chunk data with its header) and returns its reference.
   *
   * @throws StorageException where that is not possible; the chunk is not kept then, all before are
   */
  public synchronized long append(
      long seriesRef,
      long mint,
      long maxt,
      ChunkEncoding encoding,
      boolean outOfOrder,
      byte[] data,
      int offset,
      int length) {
    return writer.append(seriesRef, mint, maxt, encoding, outOfOrder, data, offset, length);
  }

  /** Adds a chunk's samples with {@code mint <= t <= maxt} to the buffer. */
  public void decode(long chunkRef, long mint, long maxt, SampleBuffer into) {
    decode(chunkRef, new ByteWriter(1024), mint, maxt, into);
  }

  /** The same by way of a scratch of any content. */
  public void decode(long chunkRef, ByteWriter scratch, long mint, long maxt, SampleBuffer into) {
    ChunkEncoding encoding = copy(chunkRef, scratch);
    ChunkDecoder.decode(encoding, scratch.array(), 0, scratch.length(), mint, maxt, into);
  }

  /** Replaces the writer's content by the chunk's data, and returns its encoding. */
  public ChunkEncoding copy(long chunkRef, ByteWriter into) {
    int number = fileNumber(chunkRef);
    long at = chunkRef & 0xFFFFFFFFL;
    if (writer.isCurrent(number) && at >= writer.written()) {
      ChunkEncoding encoding = copyPending(number, at, into);
      if (encoding != ChunkEncoding.NONE) {
        return encoding;
      }
    }
    HeadChunkFile file = files.get(number);
    // A file that has just been finished is mapped anew, so that a second look finds it.
    while (file != null && !file.mapped.retain()) {
      file = files.get(number);
    }
    if (file == null) {
      throw new StorageException(
          "head chunk file " + HeadChunkFile.path(folder, number) + " does not exist on disk");
    }
    try {
      return file.read(at, into);
    } catch (InternalError e) {
      throw MappedFile.vanished(folder, e);
    } finally {
      file.mapped.release();
    }
  }

  private synchronized ChunkEncoding copyPending(int number, long at, ByteWriter into) {
    return writer.copyPending(number, at, into);
  }

  /** Hands what has been collected to the operating system. */
  public synchronized void flush() {
    writer.write();
  }

  /**
   * Deletes the files numbered below, as far as they are not being written to; the next append then
   * starts a new file.
   */
  public synchronized void truncate(int fileNumber) {
    for (HeadChunkFile file : List.copyOf(files.headMap(fileNumber, false).values())) {
      if (!writer.isCurrent(file.number)) {
        drop(file);
      }
    }
    if (writer.hasChunks()) {
      writer.cut();
    }
  }

  /** Lets the next append start a new file, and returns its number. */
  public synchronized int cutNewFile() {
    writer.cut();
    return writer.lastNumber() + 1;
  }

  /** Number of the first file that is there; 0 where there is none. */
  public int oldestFile() {
    Map.Entry<Integer, HeadChunkFile> first = files.firstEntry();
    return first == null ? 0 : first.getKey();
  }

  /**
   * Time of the oldest sample in the files, whether its chunk is still needed or not; {@code
   * Long.MAX_VALUE} where there is none. A start brings all chunks back.
   */
  public long mint() {
    long mint = Long.MAX_VALUE;
    for (HeadChunkFile file : files.values()) {
      mint = Math.min(mint, file.mint());
    }
    return mint;
  }

  /** The file number of a reference. */
  public static int fileNumber(long chunkRef) {
    return (int) (chunkRef >>> 32);
  }

  /** What chunks take on disk; the unwritten rest of the current file does not count. */
  public long sizeBytes() {
    long sum = 0;
    for (HeadChunkFile file : files.values()) {
      sum += writer.isCurrent(file.number) ? writer.written() : file.mapped.size();
    }
    return sum;
  }

  @Override
  public synchronized void close() {
    try {
      writer.finish();
    } finally {
      writer.awaitSync();
      files.values().forEach(file -> file.mapped.close());
      files.clear();
    }
  }

  private void drop(HeadChunkFile file) {
    if (writer.isCurrent(file.number)) {
      writer.abandon(file.mapped.path());
    }
    files.remove(file.number);
    file.mapped.close();
    if (target.equals(file.mapped.path().getParent())) {
      Folders.delete(file.mapped.path());
    }
  }
}
