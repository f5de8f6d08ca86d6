package io.narthex.tsdb.head;

import io.narthex.model.labels.Labels;
import io.narthex.model.labels.Utf8Order;
import io.narthex.tsdb.chunk.ChunkBuilder;
import io.narthex.tsdb.chunk.ChunkEncoding;
import io.narthex.tsdb.encoding.ByteWriter;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Iterator;
import java.util.List;

/**
 * The head's samples of a range of time, as a block wants them. Appends and queries go on
 * meanwhile; that no appender may add to the range is the caller's care. Truncation must not run
 * beside it.
 */
public final class HeadSlice {
  /** Takes series in the order of labels, each followed by its chunks in the order of time. */
  public interface Visitor extends ChunkBuilder.Output {
    void series(Labels labels);
  }

  private final Head head;
  private final long mint;
  private final long maxt;
  private final int[] rows;
  private final RowReader reader;
  private final ByteWriter chunk = new ByteWriter(1024);
  private final ChunkPart parts;

  /** The samples from {@code mint} to {@code maxt}, both included. */
  HeadSlice(Head head, long mint, long maxt) {
    this(head, mint, maxt, allRows(head));
  }

  /**
   * The samples of some rows from {@code mint} to {@code maxt}, both included.
   *
   * @param rows kept and sorted
   */
  HeadSlice(Head head, long mint, long maxt, int[] rows) {
    this.head = head;
    this.mint = mint;
    this.maxt = maxt;
    this.rows = rows;
    this.reader = new RowReader(head);
    this.parts = new ChunkPart(mint, maxt);
    RowOrder.sort(rows, head.table, head.labelStore);
  }

  private static int[] allRows(Head head) {
    head.indexLock.readLock().lock();
    try {
      return head.index.select(List.of()).toArray();
    } finally {
      head.indexLock.readLock().unlock();
    }
  }

  /**
   * All strings of the labels to come, sorted by UTF-8 bytes; the empty one before them, as
   * Prometheus writes it.
   */
  public Iterator<String> symbols() {
    BitSet used = new BitSet(head.symbols.limit());
    for (int row : rows) {
      head.labelStore.mark(head.table.labels(row), used);
    }
    String[] texts = new String[used.cardinality() + 1];
    texts[0] = "";
    int n = 1;
    for (int id = used.nextSetBit(0); id >= 0; id = used.nextSetBit(id + 1)) {
      texts[n++] = head.symbols.text(id);
    }
    Arrays.sort(texts, Utf8Order::compare);
    return Arrays.asList(texts).iterator();
  }

  public void visit(Visitor visitor) {
    for (int row : rows) {
      reader.load(row, mint, maxt);
      DeletedRanges deleted = head.tombstones.inOrder(head.table.ref(row));
      visitor.series(head.labelStore.labels(head.table.labels(row)));
      FullChunks.Cursor full = reader.fullChunks();
      while (full.next()) {
        if (full.mint <= maxt && full.maxt >= mint) {
          ChunkEncoding encoding = head.files.copy(full.chunkRef, chunk);
          parts.add(full.mint, full.maxt, encoding, chunk, deleted, visitor);
        }
      }
      ChunkEncoding encoding = reader.copyOpen(chunk);
      if (encoding != ChunkEncoding.NONE) {
        parts.add(reader.chunkMint(), reader.lastTime(), encoding, chunk, deleted, visitor);
      }
    }
  }
}
