package io.narthex.tsdb.block;

import io.narthex.tsdb.chunk.ChunkSegments;
import io.narthex.tsdb.index.IndexReader;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;

/** The parts of a block, held open until this is closed. */
public final class BlockContent implements AutoCloseable {
  /** Most series entries are smaller. */
  public static final int ENTRY_BYTES = 512;

  private final Path folder;
  private final IndexReader index;
  private final ChunkSegments chunks;
  private final Tombstones tombstones;
  private final Runnable release;
  private final AtomicBoolean closed = new AtomicBoolean();

  BlockContent(
      Path folder,
      IndexReader index,
      ChunkSegments chunks,
      Tombstones tombstones,
      Runnable release) {
    this.folder = folder;
    this.index = index;
    this.chunks = chunks;
    this.tombstones = tombstones;
    this.release = release;
  }

  public Path folder() {
    return folder;
  }

  public IndexReader index() {
    return index;
  }

  public ChunkSegments chunks() {
    return chunks;
  }

  public Tombstones tombstones() {
    return tombstones;
  }

  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      release.run();
    }
  }
}
