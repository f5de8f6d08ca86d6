package io.narthex.tsdb.head;

import io.narthex.model.histogram.NativeHistogram;
import io.narthex.model.labels.Utf8Order;
import io.narthex.tsdb.chunk.ChunkBuilder;
import io.narthex.tsdb.chunk.ChunkEncoding;
import io.narthex.tsdb.chunk.ChunkFormat;
import io.narthex.tsdb.encoding.ByteWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;

/**
 * The out-of-order samples of a cut and a range of time, as a block wants them: chunks that overlap
 * are merged. Appends and queries go on meanwhile; truncation must not run beside it.
 */
public final class OutOfOrderSlice {
  private final Head head;
  private final OutOfOrderCut cut;
  private final long mint;
  private final long maxt;
  private final int[] rows;
  private final ByteWriter chunk = new ByteWriter(1024);
  private final ChunkBuilder chunks = new ChunkBuilder(ChunkBuilder.Limit.BYTES);
  private final ChunkPart parts;

  /** The samples from {@code mint} to {@code maxt}, both included. */
  OutOfOrderSlice(Head head, OutOfOrderCut cut, long mint, long maxt) {
    this.head = head;
    this.cut = cut;
    this.mint = mint;
    this.maxt = maxt;
    this.parts = new ChunkPart(mint, maxt);
    int[] found = new int[64];
    int n = 0;
    for (int row = head.outOfOrder.next(0); row >= 0; row = head.outOfOrder.next(row + 1)) {
      if (!wanted(row).isEmpty()) {
        found = n == found.length ? Arrays.copyOf(found, 2 * n) : found;
        found[n++] = row;
      }
    }
    rows = Arrays.copyOf(found, n);
    RowOrder.sort(rows, head.table, head.labelStore);
  }

  public boolean isEmpty() {
    return rows.length == 0;
  }

  private List<OutOfOrderSeries.Mapped> wanted(int row) {
    OutOfOrderSeries series = head.outOfOrder.get(row);
    if (series == null) {
      return List.of();
    }
    List<OutOfOrderSeries.Mapped> wanted = new ArrayList<>();
    for (OutOfOrderSeries.Mapped mapped : series.mapped()) {
      if (cut.last().covers(mapped.chunkRef()) && mapped.mint() <= maxt && mapped.maxt() >= mint) {
        wanted.add(mapped);
      }
    }
    return wanted;
  }

  /** All strings of the labels to come, sorted by UTF-8 bytes. */
  public Iterator<String> symbols() {
    BitSet used = new BitSet(head.symbols.limit());
    for (int row : rows) {
      head.labelStore.mark(head.table.labels(row), used);
    }
    String[] texts = new String[used.cardinality()];
    int n = 0;
    for (int id = used.nextSetBit(0); id >= 0; id = used.nextSetBit(id + 1)) {
      texts[n++] = head.symbols.text(id);
    }
    Arrays.sort(texts, Utf8Order::compare);
    return Arrays.asList(texts).iterator();
  }

  public void visit(HeadSlice.Visitor visitor) {
    for (int row : rows) {
      visitor.series(head.labelStore.labels(head.table.labels(row)));
      DeletedRanges deleted = head.tombstones.late(head.table.ref(row));
      // Stable: of chunks with the same first time the earlier one stays first.
      List<OutOfOrderSeries.Mapped> sorted = new ArrayList<>(wanted(row));
      sorted.sort(Comparator.comparingLong(OutOfOrderSeries.Mapped::mint));
      int from = 0;
      while (from < sorted.size()) {
        int to = from + 1;
        long end = sorted.get(from).maxt();
        while (to < sorted.size() && sorted.get(to).mint() <= end) {
          end = Math.max(end, sorted.get(to++).maxt());
        }
        write(sorted.subList(from, to), end, deleted, visitor);
        from = to;
      }
    }
  }

  private void write(
      List<OutOfOrderSeries.Mapped> group,
      long end,
      DeletedRanges deleted,
      HeadSlice.Visitor visitor) {
    if (group.size() == 1) {
      ChunkEncoding encoding = head.files.copy(group.getFirst().chunkRef(), chunk);
      parts.add(group.getFirst().mint(), end, encoding, chunk, deleted, visitor);
      return;
    }
    SampleChain chain = new SampleChain();
    chain.clear();
    List<OutOfOrderRun> runs = new ArrayList<>(group.size());
    for (OutOfOrderSeries.Mapped mapped : group) {
      ChunkEncoding encoding = head.files.copy(mapped.chunkRef(), chunk);
      OutOfOrderRun run = OutOfOrderRun.decode(encoding, chunk);
      runs.add(run);
      chain.add(run.times(), run.times().length);
    }
    while (chain.next()) {
      OutOfOrderRun run = runs.get(chain.run());
      long t = run.times()[chain.index()];
      if (t >= mint && t <= maxt && !deleted.contains(t)) {
        add(run, chain.index(), chain.consecutive(), visitor);
      }
    }
    chunks.flush(visitor);
  }

  /** Adds a sample; as in Prometheus the encoding depends on nothing but its start time. */
  private void add(OutOfOrderRun run, int i, boolean consecutive, HeadSlice.Visitor visitor) {
    long start = run.start(i);
    ChunkFormat format = ChunkFormat.keeping(ChunkEncoding.XOR, start);
    NativeHistogram histogram = run.histogram(i, consecutive);
    if (histogram == null) {
      chunks.add(run.times()[i], run.values()[i], start, format, visitor);
    } else {
      chunks.add(run.times()[i], histogram, start, format, visitor);
    }
  }
}
