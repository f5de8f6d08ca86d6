package io.narthex.tsdb.chunk;

import io.narthex.storage.SampleBuffer;
import io.narthex.storage.StorageException;
import io.narthex.tsdb.encoding.ByteWriter;
import io.narthex.tsdb.encoding.CorruptionException;
import io.narthex.tsdb.encoding.FileErrors;
import io.narthex.tsdb.encoding.Folders;
import io.narthex.tsdb.encoding.MappedFile;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The folder {@code chunks_head}: full chunks of the head, written once and read through memory
 * maps.
 *
 * <p>A chunk reference is file number << 32 | offset in the file. Appends take turns; reads may run
 * at any time from any thread, and see every chunk whose append has returned. Chunks are collected
 * in memory and written in large pieces: what a crash takes of them is in the log.
 */
public final class HeadChunkFiles implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(HeadChunkFiles.class);

  static final long MAX_FILE_BYTES = 128L << 20;

  /** So much is collected before it is written. */
  private static final int WRITE_BYTES = 1 << 20;

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

  private final long maxFileBytes;
  private final ConcurrentNavigableMap<Integer, HeadChunkFile> files =
      new ConcurrentSkipListMap<>();

  /** Chunks of the current file that are not written yet; guarded by this. */
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

  private HeadChunkFiles(Path folder, Path target, long maxFileBytes) {
    this.folder = folder;
    this.target = target;
    this.maxFileBytes = maxFileBytes;
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

  private boolean isReadOnly() {
    return !target.equals(folder);
  }

  private void mapAll() {
    List<Integer> numbers = numbers(folder);
    for (int i = 0; i < numbers.size(); i++) {
      int number = numbers.get(i);
      MappedFile mapped = MappedFile.open(HeadChunkFile.path(folder, number));
      boolean last = i == numbers.size() - 1;
      if (last && (mapped.size() < 4 || mapped.u32(0) == 0)) {
        mapped.close();
        if (!isReadOnly()) {
          Folders.delete(mapped.path());
        }
        return;
      }
      HeadChunkFile file = new HeadChunkFile(number, mapped, mapped.size());
      files.put(number, file);
      if (i > 0 && numbers.get(i - 1) != number - 1) {
        throw mapped.corrupted(
            0, "file number " + (numbers.get(i - 1) + 1) + " is missing before " + number);
      }
      file.checkHeader();
      lastNumber = number;
    }
  }

  private static List<Integer> numbers(Path folder) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> list = Files.list(folder)) {
      List<Integer> numbers = new ArrayList<>();
      list.map(file -> file.getFileName().toString())
          .filter(name -> name.length() < 10 && name.chars().allMatch(c -> c >= '0' && c <= '9'))
          .map(Integer::parseInt)
          .sorted()
          .forEach(numbers::add);
      return numbers;
    } catch (IOException e) {
      throw new StorageException("cannot list " + folder + ": " + FileErrors.reason(e), e);
    }
  }

  /**
   * Visits every chunk after checking its checksum. To be called before the first append.
   *
   * @throws CorruptionException at the first damaged chunk; {@link #deleteFrom} then makes the
   *     folder usable
   */
  public synchronized void visit(ChunkVisitor visitor) {
    for (HeadChunkFile file : files.values()) {
      if (file.number == current) {
        write();
      }
      file.visit(file.number == current ? written : file.mapped.size(), visitor);
    }
  }

  /** Deletes the damaged file and all later ones: their samples are in the log as well. */
  public synchronized void deleteFrom(CorruptionException damage) {
    int from = Integer.parseInt(damage.path().getFileName().toString());
    for (HeadChunkFile file : List.copyOf(files.tailMap(from, true).values())) {
      drop(file);
    }
    lastNumber = files.isEmpty() ? 0 : files.lastKey();
    cut = true;
  }

  /** The same for a folder that does not open. */
  public static void deleteFrom(Path folder, CorruptionException damage) {
    int from = Integer.parseInt(damage.path().getFileName().toString());
    for (int number : numbers(folder)) {
      if (number >= from) {
        Folders.delete(HeadChunkFile.path(folder, number));
      }
    }
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
    if (number == current && at >= written) {
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

  /** {@link ChunkEncoding#NONE} where the chunk has been written in the meantime. */
  private synchronized ChunkEncoding copyPending(int number, long at, ByteWriter into) {
    if (number != current || at < written) {
      return ChunkEncoding.NONE;
    }
    return PendingChunk.copy(pending, (int) (at - written), into);
  }

  /** Hands what has been collected to the operating system. */
  public synchronized void flush() {
    write();
  }

  /**
   * Deletes the files numbered below, as far as they are not being written to; the next append then
   * starts a new file.
   */
  public synchronized void truncate(int fileNumber) {
    for (HeadChunkFile file : List.copyOf(files.headMap(fileNumber, false).values())) {
      if (file.number != current) {
        drop(file);
      }
    }
    if (written + pending.length() > HeadChunkFile.HEADER_BYTES) {
      cut = true;
    }
  }

  /** Lets the next append start a new file, and returns its number. */
  public synchronized int cutNewFile() {
    cut = true;
    return lastNumber + 1;
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
      sum += file.number == current ? written : file.mapped.size();
    }
    return sum;
  }

  @Override
  public synchronized void close() {
    try {
      finishFile();
    } finally {
      awaitSync();
      files.values().forEach(file -> file.mapped.close());
      files.clear();
    }
  }

  private void startFile() {
    finishFile();
    int number = lastNumber + 1;
    Path path = HeadChunkFile.path(target, number);
    if (isReadOnly()) {
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
  private void finishFile() {
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

  private void awaitSync() {
    boolean interrupted = false;
    while (syncing.isAlive()) {
      try {
        syncing.join();
      } catch (InterruptedException _) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
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

  private void write() {
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

  private void drop(HeadChunkFile file) {
    if (file.number == current) {
      abandonFile(file.mapped.path());
      pending.clear();
      current = -1;
      written = 0;
    }
    files.remove(file.number);
    file.mapped.close();
    if (target.equals(file.mapped.path().getParent())) {
      Folders.delete(file.mapped.path());
    }
  }

  private static StorageException failed(Path path, IOException e) {
    return new StorageException(
        "cannot write head chunk file " + path + ": " + FileErrors.reason(e), e);
  }
}
