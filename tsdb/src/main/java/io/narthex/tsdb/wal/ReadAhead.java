package io.narthex.tsdb.wal;

import io.narthex.storage.StorageException;
import io.narthex.tsdb.thread.EndOfThread;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/**
 * Reads, checks and decompresses records in a thread of its own, a few blocks ahead of who uses
 * them. Use as {@link WalReader}, by one thread; closing ends the reading thread.
 */
public final class ReadAhead implements AutoCloseable {
  private static final int BLOCKS = 3;
  private static final int BLOCK_BYTES = 256 << 10;

  private final WalReader reader;
  private final Thread thread;
  private final BlockingQueue<Block> idle = new ArrayBlockingQueue<>(BLOCKS);
  private final BlockingQueue<Block> full = new ArrayBlockingQueue<>(BLOCKS);
  private Block current = new Block();
  private int record = -1;

  /** Records, copied one behind the other. */
  private static final class Block {
    private byte[] bytes = new byte[0];
    private int length;
    private int[] starts = new int[64];
    private long[] positions = new long[64];
    private int[] segments = new int[64];
    private int count;
    private boolean last;
    private Optional<Throwable> failure = Optional.empty();

    void clear() {
      count = 0;
      length = 0;
    }

    void add(WalReader reader) {
      if (count + 1 >= starts.length) {
        starts = Arrays.copyOf(starts, 2 * starts.length);
        positions = Arrays.copyOf(positions, starts.length);
        segments = Arrays.copyOf(segments, starts.length);
      }
      int n = reader.length();
      if (length + n > bytes.length) {
        bytes = Arrays.copyOf(bytes, Math.max(length + n, BLOCK_BYTES + BLOCK_BYTES / 4));
      }
      System.arraycopy(reader.record(), reader.offset(), bytes, length, n);
      starts[count] = length;
      positions[count] = reader.recordStart();
      segments[count++] = reader.segment();
      length += n;
      starts[count] = length;
    }
  }

  /**
   * @param reader closed with this
   */
  public ReadAhead(WalReader reader) {
    this.reader = reader;
    for (int i = 0; i < BLOCKS; i++) {
      idle.add(new Block());
    }
    thread = Thread.ofPlatform().name("replay-read").daemon().start(this::read);
  }

  private void read() {
    try {
      while (fill()) {
        // The next block.
      }
    } catch (InterruptedException e) {
      // Closed: nobody wants more.
    }
  }

  private boolean fill() throws InterruptedException {
    Block block = idle.take();
    block.clear();
    try {
      while (block.length < BLOCK_BYTES && !block.last) {
        if (reader.next()) {
          block.add(reader);
        } else {
          block.last = true;
        }
      }
    } catch (RuntimeException | Error e) {
      // Whatever it is: who waits for the block must learn of it.
      block.failure = Optional.of(e);
      block.last = true;
    }
    full.put(block);
    return !block.last;
  }

  /**
   * Goes to the next record.
   *
   * @return false after the last
   * @throws WalCorruptionException where a record is torn or damaged
   */
  public boolean next() {
    record++;
    while (record >= current.count) {
      if (current.last) {
        if (current.failure.isPresent()) {
          throw rethrown(current.failure.get());
        }
        return false;
      }
      swap();
    }
    return true;
  }

  private static RuntimeException rethrown(Throwable failure) {
    if (failure instanceof Error error) {
      throw error;
    }
    return (RuntimeException) failure;
  }

  private void swap() {
    try {
      if (current.bytes.length > 0) {
        idle.put(current);
      }
      current = full.take();
      record = 0;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StorageException("interrupted while the log was being read", e);
    }
  }

  /** The array with the current record; valid until {@link #next}. */
  public byte[] record() {
    return current.bytes;
  }

  /** Where in {@link #record} it starts. */
  public int offset() {
    return current.starts[record];
  }

  public int length() {
    return current.starts[record + 1] - current.starts[record];
  }

  /** Says that the current record, though intact as bytes, does not make sense. */
  public WalCorruptionException corrupted(String problem) {
    return reader.corruptedAt(current.segments[record], current.positions[record], problem);
  }

  @Override
  public void close() {
    thread.interrupt();
    EndOfThread.await(thread);
    reader.close();
  }
}
