package io.narthex.tsdb;

import io.narthex.client.MetricRegistry;
import io.narthex.tsdb.torture.DirectoryCopy;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * A database with short blocks and chunks that is stopped and started again, in order or as a crash
 * leaves it. Two of three starts read a chunk snapshot, and leave one.
 */
final class RestartedDb implements AutoCloseable {
  /** Length of the shortest blocks, milliseconds. */
  static final long BLOCK = 60_000;

  /** A time at which blocks start. */
  static final long T0 = 1_700_000_000_000L / BLOCK * BLOCK;

  private static final int CHUNK_SAMPLES = 10;
  private static final long NEVER_MILLIS = 3_600_000;

  private final Path folder;
  private final UnaryOperator<DbOptions> options;
  private final Consumer<Db> whileStarting;
  private Path data;
  private int starts;
  private int crashes;
  private Db db;

  /**
   * @param folder for the database and its copies
   * @param options what is special, asked at each start
   */
  RestartedDb(Path folder, UnaryOperator<DbOptions> options) throws Exception {
    this(folder, options, db -> {});
  }

  /**
   * @param whileStarting done to the database before it is ready
   */
  RestartedDb(Path folder, UnaryOperator<DbOptions> options, Consumer<Db> whileStarting)
      throws Exception {
    this.folder = folder;
    this.options = options;
    this.whileStarting = whileStarting;
    this.data = folder.resolve("data");
    this.db = start();
  }

  Db db() {
    return db;
  }

  private Db start() throws Exception {
    DbOptions common =
        DbOptions.of(data)
            .withBlocks(BLOCK, 27 * BLOCK)
            .withRetention(0, 0)
            .withReload(NEVER_MILLIS)
            .withMemorySnapshot(starts++ % 3 != 2)
            .withChunks(CHUNK_SAMPLES, 512 << 20);
    Db started = Db.open(options.apply(common), new MetricRegistry());
    whileStarting.accept(started);
    started.ready().get();
    return started;
  }

  void restart() throws Exception {
    db.close();
    db = start();
  }

  /** Goes on with the files as the end of the process would leave them. */
  void crash() throws Exception {
    Path copy = folder.resolve("crash" + ++crashes);
    DirectoryCopy.of(data, copy);
    db.close();
    data = copy;
    db = start();
  }

  @Override
  public void close() {
    db.close();
  }
}
