package io.narthex.tsdb.chunk;

import io.narthex.storage.SampleBuffer;
import io.narthex.storage.StorageException;
import io.narthex.tsdb.encoding.ByteReader;
import io.narthex.tsdb.encoding.ByteWriter;
import io.narthex.tsdb.encoding.CorruptionException;
import io.narthex.tsdb.encoding.Crc32c;
import io.narthex.tsdb.encoding.DecodeException;
import io.narthex.tsdb.encoding.FileErrors;
import io.narthex.tsdb.encoding.MappedFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A block's chunk segments, mapped for reading. Layout at {@link ChunkSegmentWriter}. Methods may
 * be called by several threads, each with buffers of its own.
 */
public final class ChunkSegments implements AutoCloseable {
  /** First guess at a chunk's size: most are smaller, and get read with one copy. */
  private static final int GUESS_BYTES = 512;

  private static final int MAX_HEADER_BYTES = 6;

  private static final int MAX_SEGMENTS = 1 << 20;

  /** Chunks are smaller, but nothing forbids larger ones. */
  private static final int LARGE_BYTES = 1 << 20;

  private final Path folder;

  /** By number, from 0; null where a file is missing, which must not be taken for the next. */
  private @Nullable MappedFile[] segments = new MappedFile[1];

  private ChunkSegments(Path folder) {
    this.folder = folder;
  }

  /**
   * Maps all segments of a folder; none where it is absent.
   *
   * @throws CorruptionException where a header is damaged
   */
  public static ChunkSegments open(Path folder) {
    ChunkSegments opened = new ChunkSegments(folder);
    try {
      for (Path path : files(folder)) {
        MappedFile file = MappedFile.open(path);
        opened.add(path, file);
        opened.checkHeader(file);
      }
    } catch (RuntimeException e) {
      opened.close();
      throw e;
    }
    return opened;
  }

  private static List<Path> files(Path folder) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> list = Files.list(folder)) {
      return list.filter(
              file -> {
                String name = file.getFileName().toString();
                return name.length() < 10 && name.chars().allMatch(c -> c >= '0' && c <= '9');
              })
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new StorageException("cannot list " + folder + ": " + FileErrors.reason(e), e);
    }
  }

  private void add(Path path, MappedFile file) {
    int number = Integer.parseInt(path.getFileName().toString()) - 1;
    if (number < 0 || number > MAX_SEGMENTS) {
      file.close();
      throw new CorruptionException(path, 0, "segment " + (number + 1) + " cannot be");
    }
    segments = number < segments.length ? segments : Arrays.copyOf(segments, 2 * number);
    segments[number] = file;
  }

  private void checkHeader(MappedFile file) {
    if (file.size() < ChunkSegmentWriter.HEADER_BYTES) {
      throw file.corrupted(0, "invalid segment header: 8 bytes expected, file has " + file.size());
    }
    if (file.u32(0) != ChunkSegmentWriter.MAGIC) {
      throw file.corrupted(0, "invalid magic number " + Integer.toHexString(file.u32(0)));
    }
    if (file.u8(4) != ChunkSegmentWriter.VERSION) {
      throw file.corrupted(4, "invalid chunk format version " + file.u8(4));
    }
  }

  /**
   * Replaces the writer's content by a chunk's data after checking its checksum.
   *
   * @return its encoding
   */
  public ChunkEncoding copy(long ref, ByteWriter into) {
    int number = (int) (ref >>> 32);
    long at = ref & 0xFFFFFFFFL;
    MappedFile file = number >= 0 && number < segments.length ? segments[number] : null;
    if (file == null) {
      throw new CorruptionException(
          ChunkSegmentWriter.path(folder, number), at, "segment expected, but the file is missing");
    }
    into.clear();
    into.reserve(GUESS_BYTES);
    int have = file.copyUpTo(at, into.array(), GUESS_BYTES);
    ByteReader reader = new ByteReader().reset(into.array(), 0, Math.min(have, MAX_HEADER_BYTES));
    int length = length(file, at, reader);
    int dataStart = reader.consumed() + 1;
    int total = dataStart + length + 4;
    if (total > LARGE_BYTES) {
      // Before memory is taken for a chunk that is large only where its length is damaged.
      file.checkCrc32c(at + dataStart - 1, length + 1L, "chunk");
    }
    into.reserve(total);
    byte[] bytes = into.array();
    if (total > have) {
      file.copy(at, bytes, 0, total);
    }
    int expected = reader.reset(bytes, dataStart + length, 4).u32();
    int actual = Crc32c.of(bytes, dataStart - 1, length + 1);
    if (actual != expected) {
      throw file.corrupted(
          at,
          "checksum mismatch expected:"
              + Integer.toHexString(expected)
              + ", actual:"
              + Integer.toHexString(actual));
    }
    ChunkEncoding encoding = ChunkEncoding.of(bytes[dataStart - 1]);
    System.arraycopy(bytes, dataStart, bytes, 0, length);
    into.length(length);
    return encoding;
  }

  private static int length(MappedFile file, long at, ByteReader reader) {
    try {
      long length = reader.uvarint();
      long left = file.size() - at - reader.consumed() - 5;
      if (length < 0 || length > left) {
        throw file.corrupted(
            at,
            "chunk of "
                + length
                + " bytes expected, "
                + Math.max(0, left)
                + " left in the segment");
      }
      return (int) length;
    } catch (CorruptionException e) {
      throw e;
    } catch (DecodeException e) {
      throw file.corrupted(at, "chunk length: " + e.getMessage());
    }
  }

  /**
   * Adds a chunk's samples with {@code mint <= t <= maxt} to the buffer.
   *
   * @param scratch taken over for this call
   */
  public void decode(long ref, ByteWriter scratch, long mint, long maxt, SampleBuffer into) {
    ChunkEncoding encoding = copy(ref, scratch);
    try {
      ChunkDecoder.decode(encoding, scratch.array(), 0, scratch.length(), mint, maxt, into);
    } catch (CorruptionException e) {
      throw e;
    } catch (DecodeException e) {
      throw new CorruptionException(
          ChunkSegmentWriter.path(folder, (int) (ref >>> 32)),
          ref & 0xFFFFFFFFL,
          e.getMessage(),
          e);
    }
  }

  public long sizeBytes() {
    long sum = 0;
    for (MappedFile file : segments) {
      sum += file == null ? 0 : file.size();
    }
    return sum;
  }

  @Override
  public void close() {
    for (MappedFile file : segments) {
      if (file != null) {
        file.close();
      }
    }
  }
}
