package io.narthex.tsdb.block;

import io.narthex.model.labels.Labels;
import io.narthex.storage.SampleBuffer;
import io.narthex.storage.SeriesSet;
import io.narthex.storage.StorageException;
import io.narthex.tsdb.encoding.ByteWriter;
import io.narthex.tsdb.encoding.MappedFile;
import io.narthex.tsdb.index.ChunkMetas;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;

/** Series of one block: labels in memory, chunks read on demand. */
final class BlockSeriesSet implements SeriesSet {
  private static final int CHUNK_BYTES = 600;

  private final BlockContent content;
  private final Labels[] labels;
  private final int[] numbers;
  private final Consumer<StorageException> damage;

  /** One for each thread that reads at the same time. */
  private final Queue<Scratch> spare = new ConcurrentLinkedQueue<>();

  private record Scratch(ByteWriter bytes, ChunkMetas chunks) {}

  BlockSeriesSet(
      BlockContent content, Labels[] labels, int[] numbers, Consumer<StorageException> damage) {
    this.content = content;
    this.labels = labels;
    this.numbers = numbers;
    this.damage = damage;
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
    Scratch scratch = spare.poll();
    if (scratch == null) {
      scratch = new Scratch(new ByteWriter(CHUNK_BYTES), new ChunkMetas());
    }
    try {
      readChunks(numbers[series], scratch, mint, maxt, into);
      spare.add(scratch);
    } catch (InternalError e) {
      throw MappedFile.vanished(content.folder(), e);
    }
  }

  private void readChunks(int number, Scratch scratch, long mint, long maxt, SampleBuffer into) {
    into.clear();
    ChunkMetas chunks = scratch.chunks();
    content.index().chunks(number, chunks, scratch.bytes().array());
    Intervals deleted = content.tombstones().of(number);
    for (int i = 0; i < chunks.size(); i++) {
      if (chunks.mint(i) > maxt) {
        break;
      }
      if (chunks.maxt(i) >= mint && !deleted.cover(chunks.mint(i), chunks.maxt(i))) {
        decode(chunks.ref(i), scratch.bytes(), mint, maxt, into);
      }
    }
    if (deleted.touch(mint, maxt)) {
      deleted.removeFrom(into, 0);
    }
  }

  private void decode(long ref, ByteWriter scratch, long mint, long maxt, SampleBuffer into) {
    int before = into.size();
    try {
      content.chunks().decode(ref, scratch, mint, maxt, into);
    } catch (StorageException e) {
      damage.accept(e);
      into.size(before);
    }
  }

  @Override
  public List<String> warnings() {
    return List.of();
  }
}
