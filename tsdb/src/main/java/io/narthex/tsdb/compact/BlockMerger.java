package io.narthex.tsdb.compact;

import io.narthex.model.labels.Labels;
import io.narthex.tsdb.block.Block;
import io.narthex.tsdb.block.BlockWriter;
import io.narthex.tsdb.chunk.ChunkEncoding;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Supplier;

/**
 * Walks over the series of several blocks at once and hands equal ones to a {@link ChunkMerger}.
 */
final class BlockMerger implements AutoCloseable {
  private final List<SeriesCursor> cursors = new ArrayList<>();
  private final long mint;
  private final long maxt;

  /** For samples with {@code mint <= t <= maxt}. */
  BlockMerger(List<Block> parents, long mint, long maxt) {
    this.mint = mint;
    this.maxt = maxt;
    try {
      for (Block parent : parents) {
        cursors.add(new SeriesCursor(parent));
      }
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  /**
   * @param floats how floats without start times are encoded where chunks are merged
   */
  void mergeInto(BlockWriter writer, Supplier<ChunkEncoding> floats) {
    List<Iterator<String>> symbols = new ArrayList<>();
    for (SeriesCursor cursor : cursors) {
      symbols.add(cursor.content().index().symbols());
    }
    writer.symbols(new MergedSymbols(symbols));
    ChunkMerger chunks = new ChunkMerger(writer, mint, maxt, floats);
    List<SeriesCursor> open = new ArrayList<>();
    for (SeriesCursor cursor : cursors) {
      if (cursor.next()) {
        open.add(cursor);
      }
    }
    while (!open.isEmpty()) {
      Labels smallest = smallest(open);
      writer.series(smallest);
      for (SeriesCursor cursor : open) {
        if (cursor.labels().equals(smallest)) {
          chunks.add(cursor);
        }
      }
      chunks.write();
      open.removeIf(cursor -> cursor.labels().equals(smallest) && !cursor.next());
    }
  }

  private static Labels smallest(List<SeriesCursor> open) {
    Labels smallest = open.getFirst().labels();
    for (int i = 1; i < open.size(); i++) {
      Labels labels = open.get(i).labels();
      smallest = labels.compareTo(smallest) < 0 ? labels : smallest;
    }
    return smallest;
  }

  @Override
  public void close() {
    cursors.forEach(SeriesCursor::close);
  }
}
