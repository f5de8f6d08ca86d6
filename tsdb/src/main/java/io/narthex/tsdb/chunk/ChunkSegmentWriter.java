package io.narthex.tsdb.chunk;

import io.narthex.storage.StorageException;
import io.narthex.tsdb.encoding.ByteWriter;
import io.narthex.tsdb.encoding.Crc32c;
import io.narthex.tsdb.encoding.FileErrors;
import io.narthex.tsdb.encoding.Folders;
import io.narthex.tsdb.encoding.WritePace;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Writes a block's chunk segments {@code 000001…}: header (magic 4 bytes, version 1, 3 zero bytes),
 * then chunks: length uvarint, encoding 1, data, CRC-32C 4 over encoding and data.
 */
public final class ChunkSegmentWriter implements AutoCloseable {
  static final int MAGIC = 0x85BD40DD;
  static final int VERSION = 1;
  static final int HEADER_BYTES = 8;
  public static final long MAX_SEGMENT_BYTES = 512L << 20;
  private static final int BUFFER_BYTES = 1 << 20;
  private static final long SYNC_BYTES = 32L << 20;

  private final Path folder;
  private final long maxSegmentBytes;
  private final WritePace pace;
  private final ByteWriter buffer = new ByteWriter(BUFFER_BYTES + 4096);
  private FileChannel channel;
  private int segment = -1;
  private long written;
  private long synced;

  public ChunkSegmentWriter(Path folder) {
    this(folder, MAX_SEGMENT_BYTES, WritePace.FULL);
  }

  /**
   * @param pace told of what is written
   */
  public ChunkSegmentWriter(Path folder, long maxSegmentBytes, WritePace pace) {
    this.folder = folder;
    this.maxSegmentBytes = maxSegmentBytes;
    this.pace = pace;
    Folders.create(folder);
  }

  /** Adds a chunk and returns its reference: segment from 0 << 32 | offset. */
  public long append(ChunkEncoding encoding, byte[] data, int offset, int length) {
    long needed = ByteWriter.uvarintSize(length) + 1L + length + 4;
    if (segment < 0 || written + buffer.length() + needed > maxSegmentBytes) {
      startSegment();
    }
    long ref = (long) segment << 32 | (written + buffer.length());
    buffer.uvarint(length);
    int start = buffer.length();
    buffer.u8(encoding.code());
    buffer.bytes(data, offset, length);
    buffer.u32(Crc32c.of(buffer.array(), start, length + 1));
    if (buffer.length() >= BUFFER_BYTES) {
      write();
      syncNowAndThen();
      pace.wrote(BUFFER_BYTES);
    }
    return ref;
  }

  private void startSegment() {
    finishSegment();
    segment++;
    try {
      channel =
          FileChannel.open(
              path(),
              StandardOpenOption.CREATE,
              StandardOpenOption.TRUNCATE_EXISTING,
              StandardOpenOption.WRITE);
    } catch (IOException e) {
      throw failed(e);
    }
    written = 0;
    synced = 0;
    buffer.u32(MAGIC);
    buffer.u8(VERSION);
    buffer.u8(0);
    buffer.u16(0);
  }

  static Path path(Path folder, int segment) {
    String digits = Integer.toString(segment + 1);
    return folder.resolve("0".repeat(Math.max(0, 6 - digits.length())) + digits);
  }

  private Path path() {
    return path(folder, segment);
  }

  private void write() {
    try {
      ByteBuffer bytes = ByteBuffer.wrap(buffer.array(), 0, buffer.length());
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
    } catch (IOException e) {
      throw failed(e);
    }
    written += buffer.length();
    buffer.clear();
  }

  /** So that the disk is not flooded at the end, when others write to it as well. */
  private void syncNowAndThen() {
    if (written - synced >= SYNC_BYTES) {
      try {
        channel.force(false);
      } catch (IOException e) {
        throw failed(e);
      }
      synced = written;
    }
  }

  private void finishSegment() {
    if (channel == null) {
      return;
    }
    write();
    try {
      channel.force(true);
      channel.close();
    } catch (IOException e) {
      throw failed(e);
    }
    channel = null;
  }

  /** Completes the last segment and syncs all to disk. */
  public void finish() {
    finishSegment();
    Folders.sync(folder);
  }

  /** Lets go of the file; what was not finished is incomplete. */
  @Override
  public void close() {
    if (channel != null) {
      try {
        channel.close();
      } catch (IOException e) {
        throw failed(e);
      }
    }
  }

  private StorageException failed(IOException e) {
    return new StorageException("cannot write " + path() + ": " + FileErrors.reason(e), e);
  }
}
