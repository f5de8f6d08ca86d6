package io.narthex.tsdb.compact;

import io.narthex.model.labels.Labels;
import io.narthex.tsdb.block.Block;
import io.narthex.tsdb.block.BlockContent;
import io.narthex.tsdb.block.Intervals;
import io.narthex.tsdb.index.ChunkMetas;

/** Goes over the series of one block in the order of their labels. */
final class SeriesCursor implements AutoCloseable {
  private final BlockContent content;
  private final int[] numbers;
  private final ChunkMetas chunks = new ChunkMetas();
  private final byte[] scratch = new byte[BlockContent.ENTRY_BYTES];
  private int at = -1;
  private Labels labels = Labels.EMPTY;

  SeriesCursor(Block block) {
    content = block.open();
    numbers = content.index().all();
  }

  boolean next() {
    if (++at >= numbers.length) {
      return false;
    }
    labels = content.index().series(numbers[at], chunks, scratch);
    return true;
  }

  Labels labels() {
    return labels;
  }

  ChunkMetas chunks() {
    return chunks;
  }

  Intervals deleted() {
    return content.tombstones().of(numbers[at]);
  }

  BlockContent content() {
    return content;
  }

  @Override
  public void close() {
    content.close();
  }
}
