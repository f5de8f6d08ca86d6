package io.narthex.tsdb.encoding;

import io.narthex.storage.StorageException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.CRC32C;

/**
 * A file mapped for reading, with a counted lifetime: it is unmapped when its owner has closed it
 * and everyone who {@linkplain #retain retained} it has released it.
 *
 * <p>Reads are checked against the mapped size; a file that was cut behind our back gives a {@link
 * CorruptionException} as well.
 */
public final class MappedFile implements AutoCloseable {
  private static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
  private static final ValueLayout.OfLong LONG =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

  private final Path path;
  private final Arena arena;
  private final MemorySegment segment;
  private final long size;

  /** Holders, the owner being one; no one can join once it is 0. */
  private final AtomicInteger holders = new AtomicInteger(1);

  private MappedFile(Path path, Arena arena, MemorySegment segment) {
    this.path = path;
    this.arena = arena;
    this.segment = segment;
    this.size = segment.byteSize();
  }

  /** Maps a whole file as it is now. */
  public static MappedFile open(Path path) {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      return map(path, channel, channel.size());
    } catch (IOException e) {
      throw new StorageException("cannot map " + path + ": " + FileErrors.reason(e), e);
    }
  }

  /** Maps the first bytes of an open file; they must exist. */
  public static MappedFile map(Path path, FileChannel channel, long bytes) throws IOException {
    Arena arena = Arena.ofShared();
    try {
      return new MappedFile(
          path, arena, channel.map(FileChannel.MapMode.READ_ONLY, 0, bytes, arena));
    } catch (IOException | RuntimeException e) {
      arena.close();
      throw e;
    }
  }

  public Path path() {
    return path;
  }

  public long size() {
    return size;
  }

  /** Keeps the file mapped until {@link #release}; false where it is already gone. */
  public boolean retain() {
    while (true) {
      int now = holders.get();
      if (now == 0) {
        return false;
      }
      if (holders.compareAndSet(now, now + 1)) {
        return true;
      }
    }
  }

  /** Ends one {@link #retain}. */
  public void release() {
    if (holders.decrementAndGet() == 0) {
      arena.close();
    }
  }

  /** Ends the owner's hold; to be called once. */
  @Override
  public void close() {
    release();
  }

  public int u8(long at) {
    check(at, 1);
    try {
      return segment.get(ValueLayout.JAVA_BYTE, at) & 0xFF;
    } catch (InternalError e) {
      throw vanished(at, e);
    }
  }

  public int u32(long at) {
    check(at, 4);
    try {
      return segment.get(INT, at);
    } catch (InternalError e) {
      throw vanished(at, e);
    }
  }

  public long u64(long at) {
    check(at, 8);
    try {
      return segment.get(LONG, at);
    } catch (InternalError e) {
      throw vanished(at, e);
    }
  }

  /** Copies bytes out of the file. */
  public void copy(long at, byte[] to, int offset, int count) {
    check(at, count);
    try {
      MemorySegment.copy(segment, ValueLayout.JAVA_BYTE, at, to, offset, count);
    } catch (InternalError e) {
      throw vanished(at, e);
    }
  }

  /**
   * Copies up to so many bytes, fewer at the end of the file.
   *
   * @return how many
   */
  public int copyUpTo(long at, byte[] to, int count) {
    int n = (int) Math.min(count, Math.max(0, size - at));
    copy(at, to, 0, n);
    return n;
  }

  /** Copies big-endian integers out of the file. */
  public void copyInts(long at, int[] to, int count) {
    check(at, 4L * count);
    try {
      MemorySegment.copy(segment, INT, at, to, 0, count);
    } catch (InternalError e) {
      throw vanished(at, e);
    }
  }

  /** The checksum of a part of the file. */
  public int crc32c(long at, long count) {
    check(at, count);
    CRC32C crc = new CRC32C();
    try {
      for (long done = 0; done < count; ) {
        long part = Math.min(count - done, 1 << 30);
        crc.update(segment.asSlice(at + done, part).asByteBuffer());
        done += part;
      }
    } catch (InternalError e) {
      throw vanished(at, e);
    }
    return (int) crc.getValue();
  }

  /** Fails where the four bytes after a part are not its checksum. */
  public void checkCrc32c(long at, long count, String what) {
    int expected = u32(at + count);
    int actual = crc32c(at, count);
    if (expected != actual) {
      throw corrupted(
          at,
          what
              + ": invalid checksum: expected "
              + Integer.toHexString(expected)
              + ", found "
              + Integer.toHexString(actual));
    }
  }

  public CorruptionException corrupted(long at, String problem) {
    return new CorruptionException(path, at, problem);
  }

  private void check(long at, long count) {
    if (at < 0 || at > size - count) {
      throw corrupted(
          at,
          "file ends too early: " + count + " bytes expected, " + Math.max(0, size - at) + " left");
    }
  }

  /**
   * The operating system has no page for an address that was mapped. Java may notice that only some
   * steps after the access, so whoever hands out what was read translates it once more, with {@link
   * #vanished(Path, InternalError)}.
   */
  private CorruptionException vanished(long at, InternalError cause) {
    return new CorruptionException(
        path,
        at,
        "file was truncated or cannot be read while mapped (" + size + " bytes expected)",
        cause);
  }

  /** The error for a fault in one of the files of a folder. */
  public static StorageException vanished(Path folder, InternalError cause) {
    return new StorageException(
        "a file in " + folder + " was truncated or cannot be read while mapped", cause);
  }
}
