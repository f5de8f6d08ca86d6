package io.narthex.tsdb.index;

import io.narthex.storage.StorageException;
import io.narthex.tsdb.encoding.ByteWriter;
import io.narthex.tsdb.encoding.FileErrors;
import io.narthex.tsdb.encoding.WritePace;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32C;

/** The index file while it is written: in order, but for lengths that are known later. */
final class IndexOutput implements AutoCloseable {
  private static final int BUFFER_BYTES = 1 << 20;

  private final Path path;
  private final WritePace pace;
  private final FileChannel channel;
  private final ByteWriter buffer = new ByteWriter(BUFFER_BYTES + 4096);
  private final CRC32C crc = new CRC32C();
  private long flushed;

  /** From here on in the buffer, the running checksum is behind; -1 where none is running. */
  private int crcFrom = -1;

  IndexOutput(Path path, WritePace pace) {
    this.path = path;
    this.pace = pace;
    try {
      channel =
          FileChannel.open(
              path,
              StandardOpenOption.CREATE,
              StandardOpenOption.TRUNCATE_EXISTING,
              StandardOpenOption.READ,
              StandardOpenOption.WRITE);
    } catch (IOException e) {
      throw failed(e);
    }
  }

  Path path() {
    return path;
  }

  FileChannel channel() {
    return channel;
  }

  long position() {
    return flushed + buffer.length();
  }

  /** Where to append; call {@link #mayFlush} between items. */
  ByteWriter out() {
    return buffer;
  }

  void mayFlush() {
    if (buffer.length() >= BUFFER_BYTES) {
      int bytes = buffer.length();
      flush();
      pace.wrote(bytes);
    }
  }

  void pad(int alignment) {
    while (position() % alignment != 0) {
      buffer.u8(0);
    }
  }

  /** Starts a checksum over what is written from here on. */
  void startChecksum() {
    crc.reset();
    crcFrom = buffer.length();
  }

  /** Ends the checksum and writes it. */
  void writeChecksum() {
    crc.update(buffer.array(), crcFrom, buffer.length() - crcFrom);
    crcFrom = -1;
    buffer.u32((int) crc.getValue());
  }

  void flush() {
    if (crcFrom >= 0) {
      crc.update(buffer.array(), crcFrom, buffer.length() - crcFrom);
      crcFrom = 0;
    }
    writeAt(ByteBuffer.wrap(buffer.array(), 0, buffer.length()), flushed);
    flushed += buffer.length();
    buffer.clear();
  }

  /** Overwrites four bytes. */
  void patch(long at, int value) {
    if (at >= flushed) {
      buffer.u32At((int) (at - flushed), value);
    } else {
      flush();
      writeAt(ByteBuffer.allocate(4).putInt(0, value), at);
    }
  }

  private void writeAt(ByteBuffer bytes, long position) {
    try {
      long at = position;
      while (bytes.hasRemaining()) {
        at += channel.write(bytes, at);
      }
    } catch (IOException e) {
      throw failed(e);
    }
  }

  void sync() {
    flush();
    try {
      channel.force(true);
    } catch (IOException e) {
      throw failed(e);
    }
  }

  private StorageException failed(IOException e) {
    return new StorageException("cannot write " + path + ": " + FileErrors.reason(e), e);
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw failed(e);
    }
  }
}
