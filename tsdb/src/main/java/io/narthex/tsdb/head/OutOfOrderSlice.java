package io.narthex.tsdb.head;

import io.narthex.model.histogram.NativeHistogram;
import io.narthex.model.labels.Utf8Order;
import io.narthex.tsdb.chunk.ChunkBuilder;
import io.narthex.tsdb.chunk.ChunkEncoding;
import io.narthex.tsdb.chunk.ChunkFormat;
import io.narthex.tsdb.chunk.SampleChain;
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
      OutOfOrderSeries series = head.outOfOrder.get(row);
      if (series != null && series.mapped().stream().anyMatch(this::isWanted)) {
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

  private boolean isWanted(OutOfOrderSeries.Mapped chunk) {
    return cut.last().covers(chunk.chunkRef()) && chunk.mint() <= maxt && chunk.maxt() >= mint;
  }

  /** A chunk and what of it is deleted. */
  private record Wanted(OutOfOrderSeries.Mapped chunk, DeletedRanges deleted) {
    long mint() {
      return chunk.mint();
    }

    long maxt() {
      return chunk.maxt();
    }

    long chunkRef() {
      return chunk.chunkRef();
    }
  }

  private List<Wanted> wanted(int row) {
    OutOfOrderSeries series = head.outOfOrder.get(row);
    if (series == null) {
      return new ArrayList<>();
    }
    LateDeletions deletions = head.tombstones.late(head.table.ref(row));
    OutOfOrderSeries.Snapshot all = series.snapshot();
    DeletedRanges[] deleted = deletions.ofEach(all, head.files);
    List<Wanted> wanted = new ArrayList<>();
    for (int i = 0; i < deleted.length; i++) {
      if (isWanted(all.mapped().get(i))) {
        wanted.add(new Wanted(all.mapped().get(i), deleted[i]));
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
      // Stable: of chunks with the same first time the earlier one stays first.
      List<Wanted> sorted = wanted(row);
      sorted.sort(Comparator.comparingLong(Wanted::mint));
      int from = 0;
      while (from < sorted.size()) {
        int to = from + 1;
        long end = sorted.get(from).maxt();
        while (to < sorted.size() && sorted.get(to).mint() <= end) {
          end = Math.max(end, sorted.get(to++).maxt());
        }
        write(sorted.subList(from, to), end, visitor);
        from = to;
      }
    }
  }

  private void write(List<Wanted> group, long end, HeadSlice.Visitor visitor) {
    if (group.size() == 1) {
      Wanted only = group.getFirst();
      ChunkEncoding encoding = head.files.copy(only.chunkRef(), chunk);
      parts.add(only.mint(), end, encoding, chunk, only.deleted(), visitor);
      return;
    }
    SampleChain chain = new SampleChain();
    chain.clear();
    List<OutOfOrderRun> runs = new ArrayList<>(group.size());
    for (Wanted wanted : group) {
      ChunkEncoding encoding = head.files.copy(wanted.chunkRef(), chunk);
      OutOfOrderRun run = OutOfOrderRun.decode(encoding, chunk).without(wanted.deleted());
      runs.add(run);
      chain.add(run.times(), run.times().length);
    }
    while (chain.next()) {
      OutOfOrderRun run = runs.get(chain.run());
      long t = run.times()[chain.index()];
      if (t >= mint && t <= maxt) {
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
