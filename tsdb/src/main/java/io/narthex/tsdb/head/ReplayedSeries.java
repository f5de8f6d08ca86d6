package io.narthex.tsdb.head;

import io.narthex.model.labels.Labels;
import io.narthex.tsdb.chunk.ChunkEncoding;
import io.narthex.tsdb.encoding.ByteReader;
import io.narthex.tsdb.encoding.DecodeException;
import java.util.Arrays;

/**
 * Creates the log's series and gives them the full chunks that were found for them. Label sets are
 * taken from the record as symbols: nothing is allocated for a series but what the head keeps.
 */
final class ReplayedSeries {
  private final Head head;
  private final MappedChunkLists mapped;
  private final ReplayTally tally;
  private final SymbolBytes symbols;
  private final ByteReader own = new ByteReader();
  private ByteReader in = own;
  private final FullChunks.Cursor have = new FullChunks.Cursor();
  private final FullChunks.Cursor more = new FullChunks.Cursor();

  /** Symbols of the label set, names at even positions, and where they stand in the record. */
  private int[] ids = new int[64];

  private int[] offsets = new int[64];
  private int[] lengths = new int[64];

  /** Hash codes of the symbols' strings. */
  private int[] hashCodes = new int[64];

  /** Where the single series before was. */
  private byte[] lastArray = {};

  private int lastPosition;

  /** So many of the above are those of the series before, which mostly has the same names. */
  private int before;

  ReplayedSeries(Head head, MappedChunkLists mapped, ReplayTally tally) {
    this.head = head;
    this.mapped = mapped;
    this.tally = tally;
    this.symbols = new SymbolBytes(head.symbols);
  }

  /**
   * Takes a record of series, without its type.
   *
   * @throws DecodeException where it does not follow its format
   */
  void record(byte[] bytes, int offset, int length) {
    in = own.reset(bytes, offset, length);
    lastArray = bytes;
    lastPosition = Integer.MAX_VALUE;
    before = 0;
    head.indexLock.writeLock().lock();
    try {
      while (in.hasRemaining()) {
        long ref = in.u64();
        add(ref);
      }
    } finally {
      head.indexLock.writeLock().unlock();
    }
  }

  /** Takes one series with its reference from a reader that has more, and returns its row. */
  int record(ByteReader from) {
    in = from;
    // Records that stand behind each other in one array go on like series of one record.
    if (from.array() != lastArray || from.position() < lastPosition) {
      before = 0;
    }
    lastArray = from.array();
    lastPosition = from.position();
    head.indexLock.writeLock().lock();
    try {
      return add(in.u64());
    } finally {
      head.indexLock.writeLock().unlock();
    }
  }

  private int add(long ref) {
    int n = 2 * in.count();
    if (n > ids.length) {
      ids = Arrays.copyOf(ids, 2 * n);
      offsets = Arrays.copyOf(offsets, 2 * n);
      lengths = Arrays.copyOf(lengths, 2 * n);
      hashCodes = Arrays.copyOf(hashCodes, 2 * n);
    }
    boolean sorted = true;
    for (int i = 0; i < n; i++) {
      if (read(i) && (i & 1) == 0 && i > 0) {
        sorted &= head.symbols.text(ids[i - 2]).compareTo(head.symbols.text(ids[i])) < 0;
      }
    }
    before = n;
    if (sorted) {
      return take(ref, Labels.hash(hashCodes, n), ids, n);
    }
    before = 0;
    return takeUnsorted(ref, n);
  }

  /** Reads a name or value; whether it is another than that of the series before. */
  private boolean read(int i) {
    byte[] bytes = in.array();
    int length = in.count();
    int at = in.position();
    in.skip(length);
    boolean same =
        i < before
            && length == lengths[i]
            && Arrays.equals(bytes, at, at + length, bytes, offsets[i], offsets[i] + length);
    offsets[i] = at;
    if (!same) {
      lengths[i] = length;
      ids[i] = symbols.intern(bytes, at, length);
      hashCodes[i] = symbols.hashCode(ids[i]);
      // The next name has another neighbour now.
      before = (i & 1) == 0 ? Math.min(before, i + 2) : before;
    }
    return !same;
  }

  /** No known program writes label sets like this. */
  private int takeUnsorted(long ref, int n) {
    String[] pairs = new String[n];
    for (int i = 0; i < n; i++) {
      pairs[i] = head.symbols.text(ids[i]);
    }
    Labels labels = Labels.of(pairs);
    int[] sorted = new int[2 * labels.size()];
    for (int i = 0; i < labels.size(); i++) {
      sorted[2 * i] = head.symbols.intern(labels.name(i));
      sorted[2 * i + 1] = head.symbols.intern(labels.value(i));
    }
    return take(ref, labels.hash(), sorted, sorted.length);
  }

  private int take(long ref, long hash, int[] symbolIds, int n) {
    head.seriesRefs.used(ref);
    int row = head.index.find(hash, symbolIds, n);
    if (row < 0) {
      row = head.series.create(hash, symbolIds, n, ref);
    } else if (head.refs.row(ref) != row) {
      head.series.alias(ref, row);
      if (head.seriesRefs.isOwn(head.table.ref(row)) && !head.seriesRefs.isOwn(ref)) {
        // An appender was earlier than we; what it was given becomes the further reference.
        head.table.ref(row, ref);
      }
    }
    long list = mapped.take(ref);
    if (list != FullChunks.EMPTY) {
      addChunks(row, list);
    }
    return row;
  }

  /**
   * Adds chunks of a further reference. Nearly always they follow those that are there; but a
   * series that left the head and came back may have got chunks under either of its references. One
   * that overlaps what is there is left out.
   */
  private void addChunks(int row, long list) {
    long mine = head.table.fullChunks(row);
    have.reset(head.slab, mine);
    more.reset(head.slab, list);
    long openFrom = openFrom(row);
    long last = Long.MIN_VALUE;
    ChunkEncoding newest = ChunkEncoding.NONE;
    long merged = FullChunks.EMPTY;
    boolean hasMine = have.next();
    boolean hasMore = more.next();
    while (hasMine || hasMore) {
      if (hasMore && (!hasMine || more.maxt < have.mint)) {
        if (more.mint > last && more.maxt < openFrom) {
          merged = head.fullChunks.copyEntry(merged, more);
          head.metrics.chunkCreated();
          tally.extend(more.mint, more.maxt);
          last = more.maxt;
          newest = ChunkEncoding.of(more.encoding);
        }
        hasMore = more.next();
      } else if (hasMore && more.mint < have.mint) {
        hasMore = more.next();
      } else {
        merged = head.fullChunks.copyEntry(merged, have);
        last = have.maxt;
        hasMine = have.next();
      }
    }
    head.fullChunks.free(mine);
    head.fullChunks.free(list);
    head.table.fullChunks(row, merged);
    if (last > head.table.hot(row, SeriesTable.LAST_T)) {
      setNewest(row, last, newest.isHistogram());
    }
  }

  private void setNewest(int row, long time, boolean isHistogram) {
    long[] columns = head.table.hot(row);
    int base = SeriesTable.base(row);
    tally.countState(columns, base, false, isHistogram);
    head.table.flag(row, SeriesTable.FLAG_HISTOGRAM, isHistogram);
    columns[base + SeriesTable.LAST_T] = time;
  }

  /** When the samples start that are in no full chunk. */
  private long openFrom(int row) {
    return SeriesTable.count(head.table.hot(row, SeriesTable.HEAD)) == 0
        ? Long.MAX_VALUE
        : head.table.hot(row, SeriesTable.CHUNK_MINT);
  }
}
