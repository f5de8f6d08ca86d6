package io.narthex.tsdb.block;

import io.narthex.model.labels.Labels;
import io.narthex.storage.SampleBuffer;
import io.narthex.storage.SeriesSet;
import io.narthex.tsdb.encoding.ByteWriter;
import io.narthex.tsdb.encoding.MappedFile;
import io.narthex.tsdb.index.ChunkMetas;
import java.util.List;

/** Series of one block: labels in memory, chunks read on demand. */
final class BlockSeriesSet implements SeriesSet {
  private static final int CHUNK_BYTES = 600;

  private final BlockContent content;
  private final Labels[] labels;
  private final int[] numbers;

  BlockSeriesSet(BlockContent content, Labels[] labels, int[] numbers) {
    this.content = content;
    this.labels = labels;
    this.numbers = numbers;
  }

  @Override
  public int size() {
    return labels.length;
  }

  @Override
  public Labels labels(int series) {
    return labels[series];
  }

  @Override
  public void read(int series, long mint, long maxt, SampleBuffer into) {
    try {
      readChunks(numbers[series], mint, maxt, into);
    } catch (InternalError e) {
      throw MappedFile.vanished(content.folder(), e);
    }
  }

  private void readChunks(int number, long mint, long maxt, SampleBuffer into) {
    into.clear();
    ByteWriter scratch = new ByteWriter(CHUNK_BYTES);
    ChunkMetas chunks = new ChunkMetas();
    content.index().chunks(number, chunks, scratch.array());
    Intervals deleted = content.tombstones().of(number);
    for (int i = 0; i < chunks.size(); i++) {
      if (chunks.mint(i) > maxt) {
        break;
      }
      if (chunks.maxt(i) >= mint && !deleted.cover(chunks.mint(i), chunks.maxt(i))) {
        content.chunks().decode(chunks.ref(i), scratch, mint, maxt, into);
      }
    }
    if (deleted.touch(mint, maxt)) {
      deleted.removeFrom(into, 0);
    }
  }

  @Override
  public List<String> warnings() {
    return List.of();
  }
}
