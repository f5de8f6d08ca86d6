package io.narthex.server.queries;

import io.narthex.promql.ActiveQueries;
import io.narthex.tsdb.encoding.FileErrors;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The file {@code queries.active} in the data directory, in Prometheus' format: an opening bracket
 * and slots of 1000 bytes, one for each query that may run at once. A slot has the query as JSON, a
 * comma at its end, and is zero where no query runs. The file is mapped, so that it survives the
 * process; what it has at the next start are the queries that had not ended.
 */
public final class ActiveQueryFile implements ActiveQueries, AutoCloseable {
  static final String NAME = "queries.active";
  static final int SLOT_BYTES = 1000;

  private static final String COMPONENT = "activeQueryTracker";
  private static final Logger LOG = LoggerFactory.getLogger(ActiveQueryFile.class);

  private final Clock clock;
  private final Arena arena = Arena.ofShared();
  private final MemorySegment bytes;
  private final Deque<Integer> free = new ArrayDeque<>();
  private boolean closed;

  /**
   * Tells of the queries that had not ended, and begins a new file.
   *
   * @param directory the data directory, which exists
   * @throws QueryFileException where the file cannot be made
   */
  public ActiveQueryFile(Path directory, int maxConcurrency, Clock clock) {
    this.clock = clock;
    Path file = directory.resolve(NAME);
    int size = 1 + maxConcurrency * SLOT_BYTES;
    tellUnfinished(file, size);
    try (FileChannel channel =
        FileChannel.open(
            file,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE)) {
      allocate(channel, size);
      bytes = channel.map(FileChannel.MapMode.READ_WRITE, 0, size, arena);
    } catch (IOException e) {
      arena.close();
      throw new QueryFileException(
          "create mmap-ed active query log: open " + file + ": " + FileErrors.reason(e), e);
    }
    bytes.set(ValueLayout.JAVA_BYTE, 0, (byte) '[');
    for (int slot = 0; slot < maxConcurrency; slot++) {
      free.add(slot);
    }
  }

  /** Takes the space on the disk, so that a full one is told now and not at a write to memory. */
  private static void allocate(FileChannel channel, int size) throws IOException {
    ByteBuffer zeros = ByteBuffer.allocate(size);
    while (zeros.hasRemaining()) {
      channel.write(zeros);
    }
    channel.force(true);
  }

  private static void tellUnfinished(Path file, int size) {
    if (!Files.exists(file)) {
      return;
    }
    try (InputStream in = Files.newInputStream(file)) {
      byte[] content = in.readNBytes(size);
      if (content.length == 0) {
        throw new EOFException("EOF");
      }
      String queries = new String(content, StandardCharsets.UTF_8).replace("\0", "");
      if (queries.length() > 1) {
        LOG.atInfo()
            .addKeyValue("component", COMPONENT)
            .addKeyValue("queries", queries.substring(0, queries.length() - 1) + "]")
            .log("These queries didn't finish in prometheus' last run:");
      }
    } catch (IOException e) {
      LOG.atError()
          .addKeyValue("component", COMPONENT)
          .addKeyValue("err", FileErrors.reason(e))
          .log("Failed to read query log file");
    }
  }

  @Override
  public int begin(String query) {
    byte[] entry = ActiveQueryEntry.of(query, clock.instant().getEpochSecond(), SLOT_BYTES - 1);
    synchronized (this) {
      Integer slot = free.poll();
      if (slot == null) {
        throw new IllegalStateException("BUG: more queries than slots in " + NAME);
      }
      if (!closed) {
        MemorySegment place = place(slot);
        MemorySegment.copy(entry, 0, place, ValueLayout.JAVA_BYTE, 0, entry.length);
        place.set(ValueLayout.JAVA_BYTE, SLOT_BYTES - 1, (byte) ',');
      }
      return slot;
    }
  }

  @Override
  public synchronized void end(int slot) {
    if (!closed) {
      place(slot).fill((byte) 0);
    }
    free.add(slot);
  }

  private MemorySegment place(int slot) {
    return bytes.asSlice(1 + (long) slot * SLOT_BYTES, SLOT_BYTES);
  }

  /** Queries that still run stay in the file. */
  @Override
  public synchronized void close() {
    if (!closed) {
      closed = true;
      arena.close();
    }
  }
}
