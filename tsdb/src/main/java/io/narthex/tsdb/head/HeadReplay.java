package io.narthex.tsdb.head;

import io.narthex.model.histogram.FloatHistogram;
import io.narthex.model.histogram.Histogram;
import io.narthex.model.labels.Labels;
import io.narthex.model.metadata.MetricMetadata;
import io.narthex.model.value.Exemplar;
import io.narthex.model.value.StaleMarker;
import io.narthex.storage.StorageException;
import io.narthex.tsdb.chunk.ChunkEncoding;
import io.narthex.tsdb.encoding.DecodeException;
import io.narthex.tsdb.wal.Checkpoint;
import io.narthex.tsdb.wal.RecordDecoder;
import io.narthex.tsdb.wal.RecordVisitor;
import io.narthex.tsdb.wal.WalCorruptionException;
import io.narthex.tsdb.wal.WalReader;
import io.narthex.tsdb.wal.WalRepair;
import io.narthex.tsdb.wal.WalSegments;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fills an empty head from disk: full chunks from the head chunk files, then series and samples
 * from the newest checkpoint and the segments after it. Samples that the chunks have already are
 * passed over. Nobody else may use the head meanwhile.
 */
public final class HeadReplay {
  private static final Logger LOG = LoggerFactory.getLogger(HeadReplay.class);

  private final Head head;
  private final Path walFolder;
  private final ReplayStatus progress;
  private final MappedChunkLists mapped;
  private final Records records = new Records();
  private final RecordDecoder decoder = new RecordDecoder();
  private final long minValidTime;
  private long mint = Long.MAX_VALUE;
  private long maxt = Long.MIN_VALUE;
  private long samples;
  private long unknownSeries;
  private long unknownSamples;
  private long unknownHistograms;
  private long unknownTombstones;
  private int stale;
  private int histogramSeries;

  /**
   * @param progress told of each segment
   */
  public HeadReplay(Head head, Path walFolder, ReplayStatus progress) {
    this.head = head;
    this.walFolder = walFolder;
    this.progress = progress;
    this.minValidTime = head.minValidTime();
    this.mapped = new MappedChunkLists(head.fullChunks, minValidTime);
  }

  /** Replays everything; a damaged log is cut where the damage starts. */
  public void run() {
    long start = System.nanoTime();
    mapped.load(head.files, head.metrics);
    long mappedNanos = System.nanoTime() - start;
    LOG.atInfo()
        .addKeyValue("duration", seconds(mappedNanos))
        .addKeyValue("chunks", mapped.count())
        .log("On-disk memory mappable chunks replay completed");
    int after = replayCheckpoint();
    replaySegments(after);
    finish();
    head.metrics.replaySeconds.set((System.nanoTime() - start) / 1e9);
    LOG.atInfo()
        .addKeyValue("samples", samples)
        .addKeyValue("series", head.seriesCount())
        .addKeyValue("total_replay_duration", seconds(System.nanoTime() - start))
        .log("WAL replay completed");
  }

  private int replayCheckpoint() {
    Optional<Checkpoint> checkpoint = Checkpoint.latest(walFolder);
    if (checkpoint.isEmpty()) {
      return -1;
    }
    try (WalReader reader = WalReader.openAll(checkpoint.get().folder())) {
      readAll(reader);
      LOG.atInfo().addKeyValue("path", checkpoint.get().folder()).log("WAL checkpoint loaded");
    } catch (WalCorruptionException damage) {
      head.metrics.walCorruptions.inc();
      LOG.atError()
          .addKeyValue("err", damage.getMessage())
          .log("Checkpoint is damaged; what it has before the damage was loaded");
    }
    return checkpoint.get().segment();
  }

  private void replaySegments(int after) {
    List<Integer> segments =
        WalSegments.list(walFolder).stream().filter(segment -> segment > after).toList();
    if (segments.isEmpty()) {
      return;
    }
    progress.range(segments.getFirst(), segments.getLast());
    try {
      for (int segment : segments) {
        long start = System.nanoTime();
        progress.current(segment);
        try (WalReader reader = WalReader.open(walFolder, segment, segment)) {
          readAll(reader);
        }
        LOG.atInfo()
            .addKeyValue("segment", segment)
            .addKeyValue("maxSegment", segments.getLast())
            .addKeyValue("duration", seconds(System.nanoTime() - start))
            .log("WAL segment loaded");
      }
    } catch (WalCorruptionException damage) {
      head.metrics.walCorruptions.inc();
      LOG.atWarn()
          .addKeyValue("err", damage.getMessage())
          .log("Encountered WAL read error, attempting repair");
      WalRepair.repair(walFolder, damage);
    }
  }

  private void readAll(WalReader reader) {
    while (reader.next()) {
      if (progress.cancelled()) {
        throw new StorageException("closed while the log was being replayed");
      }
      try {
        decoder.decode(reader.record(), reader.offset(), reader.length(), records);
      } catch (DecodeException e) {
        throw reader.corrupted("record cannot be decoded: " + e.getMessage());
      }
    }
  }

  private void finish() {
    long orphans = mapped.dropRest();
    if (orphans > 0) {
      LOG.atWarn()
          .addKeyValue("chunks", orphans)
          .log("Head chunks belong to series that the log does not know");
    }
    if (mint <= maxt) {
      head.extend(mint, maxt);
    }
    head.countState(stale, histogramSeries);
    count("series", unknownSeries);
    count("samples", unknownSamples);
    count("histograms", unknownHistograms);
    count("tombstones", unknownTombstones);
    if (unknownSeries + unknownSamples + unknownHistograms + unknownTombstones > 0) {
      LOG.atWarn()
          .addKeyValue("series", unknownSeries)
          .addKeyValue("samples", unknownSamples)
          .addKeyValue("histograms", unknownHistograms)
          .addKeyValue("tombstones", unknownTombstones)
          .log("Unknown series references");
    }
  }

  private void count(String type, long unknown) {
    head.metrics.unknownReferences.labels(type).add(unknown);
  }

  private static String seconds(long nanos) {
    return nanos / 1_000_000 / 1e3 + "s";
  }

  /** Takes the log's records. */
  private final class Records implements RecordVisitor {
    @Override
    public void series(long ref, Labels labels) {
      int row = head.index.find(labels);
      if (row < 0) {
        row = head.create(labels, ref);
      } else if (head.table.ref(row) != ref) {
        head.alias(ref, row);
      }
      long list = mapped.take(ref);
      if (list != FullChunks.EMPTY) {
        addChunks(row, list);
      }
    }

    /** Chunks of a second reference follow those of the first. */
    private void addChunks(int row, long list) {
      FullChunks.Cursor cursor = new FullChunks.Cursor();
      cursor.reset(head.slab, list);
      long[] columns = head.table.hot(row);
      int base = SeriesTable.base(row);
      long added = head.table.fullChunks(row);
      while (cursor.next()) {
        if (cursor.mint <= columns[base + SeriesTable.LAST_T]) {
          continue;
        }
        added =
            head.fullChunks.add(
                added,
                cursor.mint,
                cursor.maxt,
                cursor.chunkRef,
                ChunkEncoding.of(cursor.encoding));
        head.metrics.chunkCreated();
        columns[base + SeriesTable.LAST_T] = cursor.maxt;
        mint = Math.min(mint, cursor.mint);
        maxt = Math.max(maxt, cursor.maxt);
      }
      head.table.fullChunks(row, added);
      head.fullChunks.free(list);
    }

    @Override
    public void sample(long ref, long t, double value) {
      if (t < minValidTime) {
        return;
      }
      int row = head.refs.row(ref);
      if (row < 0) {
        unknownSamples++;
        return;
      }
      long[] columns = head.table.hot(row);
      int base = SeriesTable.base(row);
      if (t <= columns[base + SeriesTable.LAST_T]) {
        return;
      }
      countState(columns, base, StaleMarker.is(value), false);
      head.writer.append(row, t, Double.doubleToRawLongBits(value), -1);
      extend(t);
    }

    @Override
    public void histogram(long ref, long t, Histogram histogram) {
      add(new HistogramSample.OfIntegers(ref, t, histogram));
    }

    @Override
    public void floatHistogram(long ref, long t, FloatHistogram histogram) {
      add(new HistogramSample.OfFloats(ref, t, histogram));
    }

    private void add(HistogramSample sample) {
      long t = sample.timestampMillis();
      if (t < minValidTime) {
        return;
      }
      int row = head.refs.row(sample.ref());
      if (row < 0) {
        unknownHistograms++;
        return;
      }
      long[] columns = head.table.hot(row);
      int base = SeriesTable.base(row);
      HistogramSamples mine = head.histograms.computeIfAbsent(row, r -> new HistogramSamples());
      if (t <= columns[base + SeriesTable.LAST_T]) {
        addBetweenChunks(row, sample, mine);
        return;
      }
      countState(columns, base, StaleMarker.is(sample.sum()), true);
      head.writer.closeFloats(row);
      mine.add(sample);
      head.writer.appendedHistogram(row, t, sample.sum(), -1);
      extend(t);
    }

    /** Histograms are in the log alone, even where later floats are in chunks already. */
    private void addBetweenChunks(int row, HistogramSample sample, HistogramSamples mine) {
      long t = sample.timestampMillis();
      if (mine.size() > 0 && t <= mine.maxt()) {
        return;
      }
      FullChunks.Cursor cursor = new FullChunks.Cursor();
      cursor.reset(head.slab, head.table.fullChunks(row));
      while (cursor.next()) {
        if (cursor.mint <= t && t <= cursor.maxt) {
          return;
        }
      }
      mine.add(sample);
      head.table.flag(row, SeriesTable.FLAG_HAS_HISTOGRAMS, true);
      extend(t);
    }

    private void countState(long[] columns, int base, boolean isStale, boolean isHistogram) {
      boolean wasStale = columns[base + SeriesTable.LAST_V] == StaleMarker.BITS;
      boolean wasHistogram = (columns[base + SeriesTable.HEAD] & SeriesTable.FLAG_HISTOGRAM) != 0;
      stale += (isStale ? 1 : 0) - (wasStale ? 1 : 0);
      histogramSeries += (isHistogram ? 1 : 0) - (wasHistogram ? 1 : 0);
    }

    private void extend(long t) {
      samples++;
      mint = Math.min(mint, t);
      maxt = Math.max(maxt, t);
    }

    @Override
    public void tombstone(long ref, long from, long to) {
      if (to < minValidTime) {
        return;
      }
      int row = head.refs.row(ref);
      if (row < 0) {
        unknownTombstones++;
      } else {
        head.tombstones.add(head.table.ref(row), from, to);
      }
    }

    @Override
    public void exemplar(long ref, Exemplar exemplar) {
      // Exemplars are not kept.
    }

    @Override
    public void mmapMarker(long ref, long chunkRef) {
      // Of the out-of-order log only.
    }

    @Override
    public void metadata(long ref, MetricMetadata metadata) {
      // Metadata is kept by the scraper.
    }

    @Override
    public void unknown(int type) {
      LOG.atWarn().addKeyValue("type", type).log("WAL record of unknown type is passed over");
    }
  }
}
