package io.narthex.tsdb.head;

import io.narthex.model.histogram.CounterResetHint;
import io.narthex.model.histogram.FloatHistogram;
import io.narthex.model.histogram.Histogram;
import io.narthex.model.histogram.NativeHistogram;
import io.narthex.storage.StorageException;
import io.narthex.tsdb.chunk.ChunkEncoding;
import io.narthex.tsdb.chunk.CounterResetHeader;
import io.narthex.tsdb.chunk.FloatHistogramEncoder;
import io.narthex.tsdb.chunk.HistogramChunkEncoder;
import io.narthex.tsdb.chunk.HistogramEncoder;
import io.narthex.tsdb.chunk.HistogramFit;
import org.jspecify.annotations.Nullable;

/**
 * Adds native histograms to rows. Runs under the commit lock.
 *
 * <p>Chunks end where Prometheus ends them: where a histogram does not fit ({@link HistogramFit});
 * when a quarter of the wanted bytes is there, the rest of the block range is divided so that
 * chunks fill it evenly, though none ends before it has ten samples; at the latest at twice the
 * wanted bytes, and at the end of the block range.
 */
final class HistogramWriter {
  private static final int TARGET_BYTES = 1024;
  private static final int MIN_SAMPLES = 10;

  /** Most chunks of short series stay below. */
  private static final int FIRST_CAPACITY = 512;

  private final SeriesTable table;
  private final RowVersions versions;
  private final OpenHistograms open;
  private final SampleWriter chunks;
  private final ChunkSlab slab;
  private final HeadMetrics metrics;
  private final long chunkRange;
  private final FullChunks.Cursor cursor = new FullChunks.Cursor();

  HistogramWriter(Head head) {
    this.table = head.table;
    this.versions = head.versions;
    this.open = head.openHistograms;
    this.chunks = head.writer;
    this.slab = head.slab;
    this.metrics = head.metrics;
    this.chunkRange = head.options.chunkRangeMillis();
  }

  /**
   * Adds a histogram that is newer than all samples of the row.
   *
   * @param sinceMillis since when it counts, 0 where not known; dropped where the chunk cannot keep
   *     it
   * @param position where the isolation log has it
   */
  void append(int row, long t, NativeHistogram h, long sinceMillis, long position) {
    switch (h) {
      case Histogram integers -> {
        if (openChunk(row) instanceof OpenHistogram chunk
            && chunk.encoder instanceof HistogramEncoder encoder
            && encoder.encoding() == chunks.format().chunks().histograms()) {
          append(row, t, integers, sinceMillis, chunk, encoder, position);
        } else {
          start(
              row,
              t,
              integers,
              sinceMillis,
              new HistogramEncoder(chunks.format().chunks().histograms(), FIRST_CAPACITY),
              position);
        }
      }
      case FloatHistogram floats -> {
        if (openChunk(row) instanceof OpenHistogram chunk
            && chunk.encoder instanceof FloatHistogramEncoder encoder
            && encoder.encoding() == chunks.format().chunks().floatHistograms()) {
          append(row, t, floats, sinceMillis, chunk, encoder, position);
        } else {
          FloatHistogramEncoder first =
              new FloatHistogramEncoder(chunks.format().chunks().floatHistograms(), FIRST_CAPACITY);
          start(row, t, floats, sinceMillis, first, position);
        }
      }
    }
  }

  /** The staleness marker of a row whose newest sample is a histogram: of the same kind. */
  NativeHistogram staleMarker(int row) {
    OpenHistogram chunk = openChunk(row);
    ChunkEncoding encoding = chunk == null ? lastFull(row) : chunk.encoder.encoding();
    return switch (encoding) {
      case FLOAT_HISTOGRAM, FLOAT_HISTOGRAM_ST -> FloatHistogram.STALE;
      case NONE, XOR, XOR2, HISTOGRAM, HISTOGRAM_ST -> Histogram.STALE;
    };
  }

  private ChunkEncoding lastFull(int row) {
    cursor.reset(slab, table.fullChunks(row));
    while (cursor.next()) {
      // Only the last entry is wanted.
    }
    return ChunkEncoding.of(cursor.encoding);
  }

  /** The row's open histogram chunk; null where it has none, or one of floats. */
  private @Nullable OpenHistogram openChunk(int row) {
    return table.hasFlag(row, SeriesTable.FLAG_HISTOGRAM_CHUNK)
        ? open.get(SeriesTable.block(table.hot(row, SeriesTable.TAIL)))
        : null;
  }

  /** Starts the first chunk, or the first after one of another kind. */
  private <H extends NativeHistogram> void start(
      int row, long t, H h, long sinceMillis, HistogramChunkEncoder<H> encoder, long position) {
    if (SeriesTable.count(table.hot(row, SeriesTable.HEAD)) > 0 && !chunks.cut(row)) {
      throw new StorageException("cannot end a chunk before a sample of another kind");
    }
    encoder.start(firstHeader(h, CounterResetHeader.UNKNOWN));
    versions.beginWrite(row);
    try {
      int number = open.add(encoder);
      long[] columns = table.hot(row);
      int base = SeriesTable.base(row);
      columns[base + SeriesTable.TAIL] = (long) number << 32;
      columns[base + SeriesTable.HEAD] |= SeriesTable.FLAG_HISTOGRAM_CHUNK;
      begin(columns, base, t);
      add(columns, base, t, h, sinceMillis, open.get(number), encoder, position);
    } finally {
      versions.endWrite(row);
    }
    metrics.chunkCreated();
  }

  private <H extends NativeHistogram> void append(
      int row,
      long t,
      H h,
      long sinceMillis,
      OpenHistogram chunk,
      HistogramChunkEncoder<H> encoder,
      long position) {
    long[] columns = table.hot(row);
    int base = SeriesTable.base(row);
    boolean full = isFull(columns, base, t, chunk);
    HistogramFit fit = encoder.fit(h);
    boolean next = full || fit != HistogramFit.APPENDS;
    long list = next ? chunks.store(row) : -1;
    if (next && list == -1) {
      if (fit != HistogramFit.APPENDS || encoder.isAtLimit()) {
        throw new StorageException("cannot end a chunk of histograms before one that does not fit");
      }
      next = false;
    }
    versions.beginWrite(row);
    try {
      if (next) {
        table.fullChunks(row, list);
        columns[base + SeriesTable.HEAD] &= ~(0xFFFFL << 16);
        encoder.start(
            full ? firstHeader(h, encoder.headerAfterFull(fit)) : encoder.headerAfter(fit));
        // A chunk that ends because a histogram does not fit leaves its successor this as well.
        chunk.endIsPlanned &= !full;
        begin(columns, base, t);
      }
      add(columns, base, t, h, sinceMillis, chunk, encoder, position);
    } finally {
      versions.endWrite(row);
    }
    if (next) {
      metrics.chunkMapped();
      metrics.chunkCreated();
    }
  }

  private void begin(long[] columns, int base, long t) {
    columns[base + SeriesTable.CHUNK_MINT] = t;
    columns[base + SeriesTable.NEXT_AT] = SampleWriter.rangeEnd(t, chunkRange);
  }

  private static <H extends NativeHistogram> void add(
      long[] columns,
      int base,
      long t,
      H h,
      long sinceMillis,
      OpenHistogram chunk,
      HistogramChunkEncoder<H> encoder,
      long position) {
    encoder.add(t, h, sinceMillis);
    chunk.buckets = h.isStale() ? 0 : h.buckets();
    columns[base + SeriesTable.HEAD] += 1 << 16;
    columns[base + SeriesTable.HEAD] |= SeriesTable.FLAG_HISTOGRAM;
    columns[base + SeriesTable.LAST_T] = t;
    columns[base + SeriesTable.LAST_V] = Double.doubleToRawLongBits(h.sum());
    columns[base + SeriesTable.LOG] = position;
  }

  /** What a histogram says of itself counts more than a comparison with the chunk before. */
  private static CounterResetHeader firstHeader(NativeHistogram h, CounterResetHeader compared) {
    return h.counterResetHint() == CounterResetHint.RESET ? CounterResetHeader.RESET : compared;
  }

  /** Whether the open chunk must end before a sample of that time. */
  private boolean isFull(long[] columns, int base, long t, OpenHistogram chunk) {
    int bytes = chunk.encoder.sizeBytes();
    long nextAt = columns[base + SeriesTable.NEXT_AT];
    long mint = columns[base + SeriesTable.CHUNK_MINT];
    long nextRange = chunk.endIsPlanned ? SampleWriter.rangeEnd(mint, chunkRange) : nextAt;
    if (!chunk.endIsPlanned && bytes >= TARGET_BYTES / 4) {
      long maxt = columns[base + SeriesTable.LAST_T];
      nextAt = SampleWriter.chunkEnd(mint, maxt, nextAt, (double) TARGET_BYTES / bytes);
      columns[base + SeriesTable.NEXT_AT] = nextAt;
      chunk.endIsPlanned = true;
    }
    return (t >= nextAt || bytes >= 2 * TARGET_BYTES)
        && (chunk.encoder.count() >= MIN_SAMPLES || t >= nextRange);
  }
}
