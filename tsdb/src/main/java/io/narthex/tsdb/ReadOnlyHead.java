package io.narthex.tsdb;

import io.narthex.client.MetricRegistry;
import io.narthex.storage.StorageException;
import io.narthex.tsdb.chunk.HeadChunkFiles;
import io.narthex.tsdb.encoding.CorruptionException;
import io.narthex.tsdb.encoding.Folders;
import io.narthex.tsdb.head.Head;
import io.narthex.tsdb.head.HeadMetrics;
import io.narthex.tsdb.head.HeadOptions;
import io.narthex.tsdb.head.ReadOnlyReplay;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;

/**
 * The samples of a database that are in no block yet, loaded from its log without changing it.
 * Chunks that become full while loading go to a folder of their own, which is deleted at the end.
 */
final class ReadOnlyHead implements AutoCloseable {
  private static final int ATTEMPTS = 5;

  private final Head head;
  private final Path sandbox;
  private final List<String> damage;

  private ReadOnlyHead(Head head, Path sandbox, List<String> damage) {
    this.head = head;
    this.sandbox = sandbox;
    this.damage = damage;
  }

  /**
   * @param minValidTime older samples are left out, for they are in blocks
   * @param sandboxRoot where the folder for full chunks is made, if there is need for it
   * @throws StorageException where the log cannot be read
   */
  static ReadOnlyHead load(
      Path database, long minValidTime, Path sandboxRoot, ReadOnlyReplay.Watcher watcher) {
    // A server may cut its log while we read it; what we miss then is elsewhere when we look anew.
    for (int attempt = 1; ; attempt++) {
      Path sandbox = sandboxRoot.resolve("narthex-read-" + UUID.randomUUID());
      try {
        return replay(database, minValidTime, sandbox, watcher);
      } catch (StorageException e) {
        Folders.delete(sandbox);
        boolean last = attempt == ATTEMPTS || Thread.currentThread().isInterrupted();
        if (last || e instanceof CorruptionException) {
          throw new StorageException("read WAL: " + e.getMessage(), e);
        }
      }
    }
  }

  private static ReadOnlyHead replay(
      Path database, long minValidTime, Path sandbox, ReadOnlyReplay.Watcher watcher) {
    Path chunks = database.resolve("chunks_head");
    HeadChunkFiles files = HeadChunkFiles.openReadOnly(chunks, sandbox);
    Head head = new Head(HeadOptions.DEFAULT, files, new HeadMetrics(new MetricRegistry()));
    try {
      head.minValidTime(minValidTime);
      ReadOnlyReplay replay =
          new ReadOnlyReplay(head, database.resolve("wal"), database.resolve("wbl"));
      replay.run(watcher);
      return new ReadOnlyHead(head, sandbox, replay.damage());
    } catch (RuntimeException e) {
      head.close();
      throw e;
    }
  }

  static boolean hasLog(Path database) {
    return Files.isDirectory(database.resolve("wal"));
  }

  Head head() {
    return head;
  }

  /** What of the log is damaged and was left out, one line each. */
  List<String> damage() {
    return damage;
  }

  @Override
  public void close() {
    try {
      head.close();
    } finally {
      Folders.delete(sandbox);
    }
  }
}
