package io.narthex.tsdb.head;

import io.narthex.model.value.Exemplar;
import io.narthex.storage.AppendResult;
import io.narthex.storage.StorageException;
import io.narthex.tsdb.encoding.ByteReader;
import io.narthex.tsdb.encoding.DecodeException;
import io.narthex.tsdb.wal.ReadAhead;
import io.narthex.tsdb.wal.WalReader;
import io.narthex.tsdb.wal.WalSegments;
import java.nio.file.Path;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fills a head from a {@link ChunkSnapshot}. Of one that turns out to be damaged, what came before
 * the damage stays: each record is checked, and replaying all of the log over it adds only what is
 * missing.
 */
final class ReplayedSnapshot {
  private static final Logger LOG = LoggerFactory.getLogger(ReplayedSnapshot.class);
  private static final int TOMBSTONE_VERSION = 1;

  private final Head head;
  private final ReplayedRecords records;
  private final ReplayTally tally;
  private final PostingsBuilder postings;
  private final ReplayStatus progress;
  private final RestoredChunks chunks;
  private final ByteReader in = new ByteReader();
  private long series;
  private boolean hasTombstones;

  ReplayedSnapshot(
      Head head,
      ReplayedRecords records,
      ReplayTally tally,
      PostingsBuilder postings,
      ReplayStatus progress) {
    this.head = head;
    this.records = records;
    this.tally = tally;
    this.postings = postings;
    this.progress = progress;
    this.chunks = new RestoredChunks(head, tally);
  }

  /** Whether all of it was read; what is wrong otherwise is told and counted. */
  boolean load(ChunkSnapshot snapshot) {
    LOG.info("Chunk snapshot is enabled, replaying from the snapshot");
    long start = System.nanoTime();
    try {
      snapshot.checkChunkBytes(head.files.sizeBytes());
      read(snapshot.folder());
    } catch (StorageException damage) {
      if (progress.cancelled()) {
        throw damage;
      }
      head.metrics.snapshotReplayErrors.inc();
      LOG.atError().addKeyValue("err", damage.getMessage()).log("Failed to load chunk snapshot");
      return false;
    }
    LOG.atInfo()
        .addKeyValue("dir", snapshot.folder())
        .addKeyValue("num_series", series)
        .addKeyValue("duration", (System.nanoTime() - start) / 1_000_000 + "ms")
        .log("chunk snapshot loaded");
    return true;
  }

  private void read(Path folder) {
    List<Integer> segments = WalSegments.list(folder);
    for (int i = 0; i < segments.size(); i++) {
      if (segments.get(i) != i) {
        throw new StorageException(folder + ": segment " + i + " is missing");
      }
    }
    try (ReadAhead reader = new ReadAhead(WalReader.openAll(folder))) {
      while (reader.next()) {
        if (progress.cancelled()) {
          throw new StorageException("closed while the chunk snapshot was being read");
        }
        try {
          record(reader.record(), reader.offset(), reader.length());
        } catch (DecodeException e) {
          throw reader.corrupted("record cannot be decoded: " + e.getMessage());
        }
        postings.wake();
      }
    }
    // It stands behind all series, whether there are deletions or not.
    if (!hasTombstones) {
      throw new StorageException(folder + ": ends before all series are read");
    }
  }

  private void record(byte[] bytes, int offset, int length) {
    in.reset(bytes, offset, length);
    int type = in.u8();
    switch (type) {
      case ChunkSnapshot.SERIES -> series();
      case ChunkSnapshot.TOMBSTONES -> tombstones();
      case ChunkSnapshot.EXEMPLARS -> records.exemplars(in, this::exemplar);
      default -> throw new DecodeException("unsupported snapshot record type " + type);
    }
  }

  private void series() {
    int row = records.series(in);
    in.skip(Long.BYTES);
    if (in.uvarint() != 0) {
      chunks.read(row, in);
    }
    series++;
  }

  private void tombstones() {
    hasTombstones = true;
    int length = in.count();
    if (length != in.remaining()) {
      throw new DecodeException(length + " bytes of tombstones, " + in.remaining() + " are there");
    }
    int version = in.u8();
    if (version != TOMBSTONE_VERSION) {
      throw new DecodeException("invalid tombstone format " + version);
    }
    while (in.hasRemaining()) {
      long ref = in.uvarint();
      long mint = in.varint();
      long maxt = in.varint();
      int row = head.refs.row(ref);
      if (row < 0) {
        tally.unknownTombstones++;
      } else {
        head.tombstones.add(head.table.ref(row), mint, maxt);
      }
    }
  }

  private void exemplar(long ref, Exemplar exemplar) {
    int row = head.refs.row(ref);
    if (row < 0) {
      tally.unknownExemplars++;
    } else if (head.exemplars.isEnabled()) {
      // They come in the order in which they were taken; none can be refused but repeated ones.
      AppendResult unused = head.exemplars.add(head.series.lockedLabels(row), exemplar);
    }
  }
}
