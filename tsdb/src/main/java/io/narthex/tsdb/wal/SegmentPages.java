package io.narthex.tsdb.wal;

import io.narthex.storage.StorageException;
import io.narthex.tsdb.encoding.FileErrors;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Optional;

/** One segment read page by page; the last page is filled up with zeros. */
final class SegmentPages implements AutoCloseable {
  private static final int PAGES = 16;

  static final SegmentPages NONE = new SegmentPages(Path.of(""), Optional.empty(), 0, 0);

  private final Path path;
  private final Optional<FileChannel> channel;
  private final long size;
  private final byte[] buffer;

  /** The file position of the buffer's first byte. */
  private long bufferStart;

  private int bufferEnd;

  /** Where to start in the first page. */
  private int skip;

  private int at;
  private int dataOffset;

  private SegmentPages(Path path, Optional<FileChannel> channel, long from, long size) {
    this.path = path;
    this.channel = channel;
    this.size = size;
    this.bufferStart = from / Page.BYTES * Page.BYTES;
    this.skip = (int) (from - bufferStart);
    this.buffer = new byte[(int) Math.min(PAGES * (long) Page.BYTES, roundUp(size - bufferStart))];
  }

  /** A part of a segment; what it holds from {@code to} on is left out. */
  static SegmentPages open(Path path, long from, long to) {
    try {
      FileChannel channel = FileChannel.open(path, StandardOpenOption.READ);
      long end = Math.min(to, channel.size());
      return new SegmentPages(path, Optional.of(channel), Math.min(from, end), end);
    } catch (IOException e) {
      throw unreadable(path, e);
    }
  }

  private static long roundUp(long bytes) {
    return (bytes + Page.BYTES - 1) / Page.BYTES * Page.BYTES;
  }

  Path path() {
    return path;
  }

  /** Whether there is a byte to read; fetches the next pages where needed. */
  boolean hasMore() {
    if (at < bufferEnd) {
      return true;
    }
    bufferStart += bufferEnd;
    at = skip;
    skip = 0;
    bufferEnd = (int) Math.min(buffer.length, roundUp(size) - bufferStart);
    if (bufferEnd <= at) {
      bufferEnd = 0;
      at = 0;
      return false;
    }
    fill();
    return true;
  }

  private void fill() {
    int wanted = (int) Math.min(bufferEnd, size - bufferStart);
    ByteBuffer to = ByteBuffer.wrap(buffer, 0, wanted);
    try {
      while (to.hasRemaining()
          && channel.orElseThrow().read(to, bufferStart + to.position()) >= 0) {
        // Until all is there.
      }
    } catch (IOException e) {
      throw unreadable(path, e);
    }
    Arrays.fill(buffer, to.position(), bufferEnd, (byte) 0);
  }

  /** Of the next byte, in the segment. */
  long position() {
    return bufferStart + at;
  }

  int leftInPage() {
    // The buffer holds whole pages.
    int left = Page.left(at);
    return left == Page.BYTES && at > 0 ? 0 : left;
  }

  int u8() {
    return buffer[at++] & 0xFF;
  }

  int u16() {
    return u8() << 8 | u8();
  }

  int u32() {
    return u16() << 16 | u16();
  }

  /** Passes over the data of a fragment and returns where it starts in {@link #page}. */
  int take(int bytes) {
    dataOffset = at;
    at += bytes;
    return dataOffset;
  }

  byte[] page() {
    return buffer;
  }

  int dataOffset() {
    return dataOffset;
  }

  /** Passes over the rest of the page; says whether all of it is zero. */
  boolean skipZeros() {
    int end = at + leftInPage();
    while (at < end) {
      if (buffer[at++] != 0) {
        return false;
      }
    }
    return true;
  }

  private static StorageException unreadable(Path path, IOException e) {
    return new StorageException("cannot read " + path + ": " + FileErrors.reason(e), e);
  }

  @Override
  public void close() {
    if (channel.isPresent()) {
      try {
        channel.get().close();
      } catch (IOException e) {
        throw unreadable(path, e);
      }
    }
  }
}
