package io.narthex.tsdb.head;

import io.narthex.model.histogram.FloatHistogram;
import io.narthex.model.histogram.Histogram;
import io.narthex.model.labels.Labels;
import io.narthex.model.value.Exemplar;
import io.narthex.tsdb.chunk.ChunkEncoding;
import io.narthex.tsdb.encoding.ByteWriter;
import io.narthex.tsdb.encoding.Folders;
import io.narthex.tsdb.wal.HistogramBytes;
import io.narthex.tsdb.wal.RecordEncoder;
import io.narthex.tsdb.wal.WalCompression;
import io.narthex.tsdb.wal.WalMetrics;
import io.narthex.tsdb.wal.WalPosition;
import io.narthex.tsdb.wal.WalWriter;
import java.nio.file.Path;
import java.util.BitSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes a {@link ChunkSnapshot} of a head that is closed: first a record for each series, then one
 * of all deletions, then exemplars.
 */
public final class ChunkSnapshotWriter {
  private static final Logger LOG = LoggerFactory.getLogger(ChunkSnapshotWriter.class);
  private static final int RECORDS_AT_ONCE = 256;
  private static final int EXEMPLARS_PER_RECORD = 10_000;
  private static final int TOMBSTONE_VERSION = 1;

  private final Head head;
  private final WalWriter out;
  private final RowReader reader;
  private final ByteWriter chunk = new ByteWriter(1024);

  /** Rows that the log does not have yet. */
  private final BitSet unlogged = new BitSet();

  private final ByteWriter[] records = new ByteWriter[RECORDS_AT_ONCE];
  private int pending;
  private long series;

  /** Of the exemplar record being written. */
  private long baseRef;

  private long baseTime;
  private int exemplars;

  private ChunkSnapshotWriter(Head head, WalWriter out) {
    this.head = head;
    this.out = out;
    this.reader = new RowReader(head);
    for (int i = 0; i < records.length; i++) {
      records[i] = new ByteWriter(512);
    }
  }

  /**
   * Writes the snapshot and deletes older ones. The head is closed, and had replayed its log.
   *
   * @param directory the data directory
   */
  public static void write(Head head, Path directory, WalCompression compression) {
    if (head.wal().isEmpty()) {
      return;
    }
    if (head.tombstones.hasExceptions()) {
      // Only the log can say which samples came to a deleted range after the deletion.
      LOG.info("no chunk snapshot: late samples came to deleted ranges; the log will be read");
      return;
    }
    LOG.info("creating chunk snapshot");
    long start = System.nanoTime();
    WalPosition end = head.wal().get().position();
    Path folder = directory.resolve(ChunkSnapshot.name(end));
    Path temporary = directory.resolve(ChunkSnapshot.name(end) + ".tmp");
    Folders.delete(temporary);
    long series;
    try {
      try (WalWriter out =
          WalWriter.open(
              temporary, WalWriter.DEFAULT_SEGMENT_BYTES, compression, WalMetrics.unregistered())) {
        series = new ChunkSnapshotWriter(head, out).writeAll();
      }
      long chunkBytes = Folders.sizeBytes(directory.resolve("chunks_head"));
      ChunkSnapshot.noteChunkBytes(temporary, chunkBytes);
      Folders.sync(temporary);
      Folders.delete(folder);
      Folders.rename(temporary, folder);
    } catch (RuntimeException e) {
      Folders.delete(temporary);
      throw e;
    }
    ChunkSnapshot.deleteBefore(directory, end);
    LOG.atInfo()
        .addKeyValue("duration", (System.nanoTime() - start) / 1_000_000 + "ms")
        .addKeyValue("num_series", series)
        .addKeyValue("dir", folder)
        .log("chunk snapshot complete");
  }

  private long writeAll() {
    head.indexLock.readLock().lock();
    try {
      for (int i = 0; i < head.newSeries.size(); i++) {
        unlogged.set(head.newSeries.row(i));
      }
      BitSet rows = new BitSet(head.table.limit());
      for (int row = 0; row < head.table.limit(); row++) {
        if (isAlive(row)) {
          rows.set(row);
          series(row);
        }
      }
      furtherReferences(rows);
      tombstones();
      exemplars();
      flush();
    } finally {
      head.indexLock.readLock().unlock();
    }
    return series;
  }

  /** A series that the log has no record of must not come back without one. */
  private boolean isAlive(int row) {
    return head.table.ref(row) != 0
        && !head.table.hasFlag(row, SeriesTable.FLAG_DEAD)
        && !unlogged.get(row);
  }

  private void series(int row) {
    ByteWriter record = beginSeries(head.table.ref(row), row);
    reader.load(row, Long.MIN_VALUE, Long.MAX_VALUE);
    ChunkEncoding encoding = reader.copyOpen(chunk);
    if (encoding == ChunkEncoding.NONE) {
      record.uvarint(0);
    } else {
      record.uvarint(1);
      record.u64(reader.chunkMint());
      record.u64(reader.lastTime());
      record.u8(encoding.code());
      record.uvarint(chunk.length());
      record.bytes(chunk);
      lastValue(record, encoding);
    }
    series++;
  }

  private ByteWriter beginSeries(long ref, int row) {
    ByteWriter record = next(ChunkSnapshot.SERIES);
    RecordEncoder.series(record, ref, head.series.labels(row));
    record.u64(0);
    return record;
  }

  private void lastValue(ByteWriter record, ChunkEncoding encoding) {
    if (encoding.isHistogram()) {
      switch (reader.newestHistogram().orElseThrow()) {
        case Histogram h -> HistogramBytes.write(record, h);
        case FloatHistogram h -> HistogramBytes.write(record, h);
      }
    } else {
      for (int i = 0; i < ChunkSnapshot.UNUSED_SAMPLES_BYTES; i += Long.BYTES) {
        record.u64(0);
      }
      record.u64(reader.lastValueBits());
    }
  }

  /**
   * The log and the files of head chunks may know a series by other references too. Those that were
   * given away here are merged by now, unless that has failed.
   */
  private void furtherReferences(BitSet rows) {
    if (!head.series.hasAliases()) {
      return;
    }
    boolean all = head.seriesRefs.unmergedFrom() >= 0;
    for (long ref : head.refs.of(rows)) {
      int row = head.refs.row(ref);
      if (head.table.ref(row) != ref && (all || !head.seriesRefs.isOwn(ref))) {
        beginSeries(ref, row).uvarint(0);
      }
    }
  }

  private void tombstones() {
    ByteWriter deletions = new ByteWriter(64);
    deletions.u8(TOMBSTONE_VERSION);
    head.tombstones.forEach(
        (ref, mint, maxt) -> {
          deletions.uvarint(ref);
          deletions.varint(mint);
          deletions.varint(maxt);
        });
    ByteWriter record = next(ChunkSnapshot.TOMBSTONES);
    record.uvarint(deletions.length());
    record.bytes(deletions);
  }

  private void exemplars() {
    head.exemplars.forEach(this::exemplar);
  }

  private void exemplar(Labels labels, Exemplar exemplar) {
    int row = head.index.find(labels);
    if (row < 0 || !isAlive(row)) {
      return;
    }
    long ref = head.table.ref(row);
    if (exemplars % EXEMPLARS_PER_RECORD == 0) {
      ByteWriter record = next(ChunkSnapshot.EXEMPLARS);
      baseRef = ref;
      baseTime = exemplar.timestampMillis();
      record.u64(baseRef);
      record.u64(baseTime);
    }
    exemplars++;
    RecordEncoder.exemplar(records[pending - 1], baseRef, baseTime, ref, exemplar);
  }

  private ByteWriter next(int type) {
    if (pending == records.length) {
      flush();
    }
    ByteWriter record = records[pending++];
    record.clear();
    record.u8(type);
    return record;
  }

  private void flush() {
    for (int i = pending; i < records.length; i++) {
      records[i].clear();
    }
    out.log(records);
    pending = 0;
  }
}
