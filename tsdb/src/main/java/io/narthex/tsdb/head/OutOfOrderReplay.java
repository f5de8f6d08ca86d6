package io.narthex.tsdb.head;

import io.narthex.model.histogram.FloatHistogram;
import io.narthex.model.histogram.Histogram;
import io.narthex.model.histogram.NativeHistogram;
import io.narthex.model.labels.Labels;
import io.narthex.model.metadata.MetricMetadata;
import io.narthex.model.value.Exemplar;
import io.narthex.storage.StorageException;
import io.narthex.tsdb.chunk.ChunkEncoding;
import io.narthex.tsdb.chunk.HeadChunkFiles;
import io.narthex.tsdb.encoding.DecodeException;
import io.narthex.tsdb.wal.RecordDecoder;
import io.narthex.tsdb.wal.RecordVisitor;
import io.narthex.tsdb.wal.SegmentGaps;
import io.narthex.tsdb.wal.WalCorruptionException;
import io.narthex.tsdb.wal.WalReader;
import io.narthex.tsdb.wal.WalRepair;
import io.narthex.tsdb.wal.WalSegments;
import io.narthex.tsdb.wal.WalWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings out-of-order samples back: {@link #chunk} takes what the head chunk files have, {@link
 * #run} adds what only the out-of-order log has. By then the series of the write-ahead log must be
 * known. Batches that are committed meanwhile do not touch rows.
 */
final class OutOfOrderReplay {
  private static final Logger LOG = LoggerFactory.getLogger(OutOfOrderReplay.class);
  private static final long EVERYBODY_SEES = -1;
  private static final long[] VISIBLE = {};
  private static final int MAX_SEGMENT = Integer.MAX_VALUE;

  private final Head head;
  private final Path folder;
  private final ReplayStatus progress;
  private final boolean readOnly;
  private final OutOfOrderWriter writer;
  private final Map<Long, List<OutOfOrderSeries.Mapped>> chunks = new HashMap<>();
  private final Set<Long> unknownSeries = new HashSet<>();
  private final List<String> damage = new ArrayList<>();
  private final List<OutOfOrderSeries.Mapped> orphans = new ArrayList<>();
  private LastCompacted compacted = LastCompacted.NONE;
  private long unknownSamples;
  private long unknownHistograms;
  private long unknownMarkers;

  OutOfOrderReplay(Head head, Path logFolder, ReplayStatus progress) {
    this(head, logFolder, progress, false);
  }

  /** Of a directory that must not be changed: where the log is damaged, the segment ends there. */
  static OutOfOrderReplay readOnly(Head head, Path logFolder) {
    return new OutOfOrderReplay(head, logFolder, new ReplayStatus(), true);
  }

  private OutOfOrderReplay(Head head, Path logFolder, ReplayStatus progress, boolean readOnly) {
    this.head = head;
    this.readOnly = readOnly;
    this.folder = logFolder;
    this.progress = progress;
    this.writer = new OutOfOrderWriter(head);
  }

  /** Notes a chunk in the files; one that is out of order is kept for its series. */
  void chunk(
      long ref, long chunkRef, long mint, long maxt, ChunkEncoding encoding, boolean outOfOrder) {
    if (outOfOrder) {
      chunks
          .computeIfAbsent(ref, r -> new ArrayList<>(1))
          .add(new OutOfOrderSeries.Mapped(mint, maxt, chunkRef, encoding, VISIBLE));
    }
  }

  /** Forgets all chunks: the files are read once more. */
  void clear() {
    chunks.clear();
  }

  /** Replays the log; a damaged one is cut where the damage starts. */
  void run() {
    attachChunks();
    replayLog();
    dropCompacted();
    report();
    noteTimes();
  }

  /** What is wrong with segments that are left as they are, but for the newest. */
  List<String> damage() {
    return damage;
  }

  private void attachChunks() {
    for (Map.Entry<Long, List<OutOfOrderSeries.Mapped>> entry : chunks.entrySet()) {
      int row = head.refs.row(entry.getKey());
      if (row < 0) {
        orphans.addAll(entry.getValue());
        continue;
      }
      OutOfOrderSeries series = seriesOf(row);
      entry.getValue().forEach(series::add);
      entry.getValue().forEach(chunk -> head.metrics.chunkCreated());
    }
    chunks.clear();
    if (!orphans.isEmpty()) {
      LOG.atWarn()
          .addKeyValue("chunks", orphans.size())
          .log("Out-of-order head chunks belong to series that the log does not know");
    }
  }

  private void replayLog() {
    int firstOwn = head.outOfOrderLog.writer().map(WalWriter::firstSegment).orElse(MAX_SEGMENT);
    List<Integer> segments =
        WalSegments.list(folder).stream().filter(segment -> segment < firstOwn).toList();
    if (segments.isEmpty()) {
      return;
    }
    if (!readOnly) {
      head.metrics.walCorruptions.add((long) SegmentGaps.close(folder, segments.getFirst()));
    }
    progress.range(segments.getFirst(), segments.getLast());
    RecordDecoder decoder = new RecordDecoder();
    Records records = new Records();
    for (int segment : segments) {
      progress.current(segment);
      try (WalReader reader = WalReader.open(folder, segment, segment)) {
        readAll(reader, decoder, records);
      } catch (WalCorruptionException damage) {
        if (readOnly) {
          // The newest one may be torn because a server is writing it.
          if (segment != segments.getLast()) {
            this.damage.add(damage.getMessage());
          }
          continue;
        }
        head.metrics.walCorruptions.inc();
        LOG.atWarn()
            .addKeyValue("err", damage.getMessage())
            .log("Encountered WBL read error, attempting repair");
        WalRepair.repair(folder, damage);
        LOG.info("Successfully repaired WBL");
      }
      LOG.atInfo()
          .addKeyValue("segment", segment)
          .addKeyValue("maxSegment", segments.getLast())
          .log("WBL segment loaded");
    }
    // A marker may speak of a chunk that was cut here, under a reference that was used before.
    head.files.flush();
  }

  private void readAll(WalReader reader, RecordDecoder decoder, Records records) {
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

  /**
   * Chunks that went to blocks before the start stay in their files as long as others need them.
   */
  private void dropCompacted() {
    head.outOfOrderLog.compacted(compacted);
    if (orphans.stream().noneMatch(compacted::is) && !isThere(compacted)) {
      return;
    }
    for (int row = head.outOfOrder.next(0); row >= 0; row = head.outOfOrder.next(row + 1)) {
      OutOfOrderSeries series = head.outOfOrder.get(row);
      if (series != null) {
        head.metrics.chunksRemoved.add(series.dropUpTo(compacted));
        if (series.isEmpty()) {
          head.removeOutOfOrder(row);
        }
      }
    }
  }

  private boolean isThere(LastCompacted last) {
    for (int row = head.outOfOrder.next(0); row >= 0; row = head.outOfOrder.next(row + 1)) {
      OutOfOrderSeries series = head.outOfOrder.get(row);
      if (series != null && series.mapped().stream().anyMatch(last::is)) {
        return true;
      }
    }
    return false;
  }

  private void report() {
    if (unknownSamples + unknownHistograms + unknownMarkers == 0) {
      return;
    }
    LOG.atWarn()
        .addKeyValue("series", unknownSeries.size())
        .addKeyValue("samples", unknownSamples)
        .addKeyValue("histograms", unknownHistograms)
        .addKeyValue("mmap_markers", unknownMarkers)
        .log("Unknown series references for ooo WAL replay");
    count("series", unknownSeries.size());
    count("samples", unknownSamples);
    count("histograms", unknownHistograms);
    count("mmap_markers", unknownMarkers);
  }

  private void count(String type, long unknown) {
    head.metrics.unknownOutOfOrderReferences.labels(type).add(unknown);
  }

  private void noteTimes() {
    for (int row = head.outOfOrder.next(0); row >= 0; row = head.outOfOrder.next(row + 1)) {
      OutOfOrderSeries series = head.outOfOrder.get(row);
      if (series != null && !series.isEmpty()) {
        head.times.outOfOrder().extend(series.mint(), series.maxt());
      }
    }
    long oldest = Math.min(head.minValidTime(), head.times.outOfOrder().mint());
    head.tombstones.dropBefore(oldest, ref -> head.refs.row(ref) >= 0);
  }

  private OutOfOrderSeries seriesOf(int row) {
    OutOfOrderSeries known = head.outOfOrder.get(row);
    if (known != null) {
      return known;
    }
    OutOfOrderSeries created = new OutOfOrderSeries();
    head.addOutOfOrder(row, created);
    return created;
  }

  /** Takes the log's records. */
  private final class Records implements RecordVisitor {
    @Override
    public void sample(long ref, long t, double value) {
      sample(ref, t, value, 0);
    }

    @Override
    public void sample(long ref, long t, double value, long start) {
      int row = head.refs.row(ref);
      if (row < 0) {
        unknownSamples++;
        unknownSeries.add(ref);
        return;
      }
      OutOfOrderSeries series = seriesOf(row);
      writer.prepare(head.table.ref(row), series);
      long bits = Double.doubleToRawLongBits(value);
      if (!series.insert(t, bits, start, EVERYBODY_SEES)) {
        // The one before was deleted: else this one would have been refused.
        series.delete(t, t);
        series.insert(t, bits, start, EVERYBODY_SEES);
      }
    }

    @Override
    public void histogram(long ref, long t, Histogram histogram) {
      add(ref, t, histogram, 0);
    }

    @Override
    public void floatHistogram(long ref, long t, FloatHistogram histogram) {
      add(ref, t, histogram, 0);
    }

    @Override
    public void histogram(long ref, long t, Histogram histogram, long start) {
      add(ref, t, histogram, start);
    }

    @Override
    public void floatHistogram(long ref, long t, FloatHistogram histogram, long start) {
      add(ref, t, histogram, start);
    }

    private void add(long ref, long t, NativeHistogram h, long start) {
      int row = head.refs.row(ref);
      if (row < 0) {
        unknownHistograms++;
        unknownSeries.add(ref);
        return;
      }
      OutOfOrderSeries series = seriesOf(row);
      writer.prepare(head.table.ref(row), series);
      if (!series.insert(t, h, start, EVERYBODY_SEES)) {
        series.delete(t, t);
        series.insert(t, h, start, EVERYBODY_SEES);
      }
    }

    @Override
    public void mmapMarker(long ref, long chunkRef) {
      int row = head.refs.row(ref);
      if (row < 0) {
        unknownMarkers++;
        unknownSeries.add(ref);
        return;
      }
      OutOfOrderSeries series = seriesOf(row);
      if (series.hasMapped(chunkRef) || isTruncated(chunkRef)) {
        series.clearOpen();
      }
      // Else a crash took the chunk: its samples are in the log alone.
    }

    /** Files go when all of their chunks are in blocks; 0 is no chunk. */
    private boolean isTruncated(long chunkRef) {
      return chunkRef == 0 || HeadChunkFiles.fileNumber(chunkRef) < head.files.oldestFile();
    }

    @Override
    public void series(long ref, Labels labels) {
      // The write-ahead log has them.
    }

    @Override
    public void tombstone(long ref, long mint, long maxt) {
      compacted = new LastCompacted(ref, mint, maxt);
    }

    @Override
    public void exemplar(long ref, Exemplar exemplar) {
      // The write-ahead log has them.
    }

    @Override
    public void metadata(long ref, MetricMetadata metadata) {
      // The write-ahead log has them.
    }

    @Override
    public void unknown(int type) {
      LOG.atWarn().addKeyValue("type", type).log("WBL record of unknown type is passed over");
    }
  }
}
