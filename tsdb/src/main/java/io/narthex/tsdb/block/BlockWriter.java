package io.narthex.tsdb.block;

import io.narthex.model.labels.Labels;
import io.narthex.storage.StorageException;
import io.narthex.tsdb.chunk.ChunkDecoder;
import io.narthex.tsdb.chunk.ChunkEncoding;
import io.narthex.tsdb.chunk.ChunkSegmentWriter;
import io.narthex.tsdb.encoding.Folders;
import io.narthex.tsdb.encoding.WritePace;
import io.narthex.tsdb.index.ChunkMetas;
import io.narthex.tsdb.index.IndexWriter;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Optional;

/**
 * Writes one block beside the others: into {@code <ULID>.tmp-for-creation}, which gets its final
 * name when all is on disk.
 *
 * <p>Use: {@link #symbols} once, then for each series in the order of labels {@link #series} and
 * its chunks in the order of time, then {@link #finish}. Closing without finishing removes what was
 * written.
 */
public final class BlockWriter implements AutoCloseable {
  /** What unfinished blocks are called; leftovers are removed when the database opens. */
  public static final String TEMPORARY_SUFFIX = ".tmp-for-creation";

  static final String INDEX = "index";
  static final String CHUNKS = "chunks";

  private final Path databaseFolder;
  private final Ulid ulid;
  private final Path temporary;
  private final IndexWriter index;
  private final ChunkSegmentWriter segments;
  private final ChunkMetas chunks = new ChunkMetas();
  private Labels current = Labels.EMPTY;
  private long floatSamples;
  private long histogramSamples;
  private long chunkCount;
  private boolean keepsEmpty;

  private BlockWriter(Path databaseFolder, Ulid ulid, long segmentBytes, WritePace pace) {
    this.databaseFolder = databaseFolder;
    this.ulid = ulid;
    temporary = databaseFolder.resolve(ulid + TEMPORARY_SUFFIX);
    Folders.delete(temporary);
    try {
      segments = new ChunkSegmentWriter(temporary.resolve(CHUNKS), segmentBytes, pace);
      index = new IndexWriter(temporary.resolve(INDEX), pace);
    } catch (StorageException e) {
      Folders.delete(temporary);
      throw e;
    }
  }

  /** Writes as fast as it goes, in chunk files of the default size. */
  public static BlockWriter create(Path databaseFolder, Ulid ulid) {
    return create(databaseFolder, ulid, ChunkSegmentWriter.MAX_SEGMENT_BYTES, WritePace.FULL);
  }

  /**
   * @param segmentBytes size of a chunk file
   * @param pace told of what is written
   */
  public static BlockWriter create(
      Path databaseFolder, Ulid ulid, long segmentBytes, WritePace pace) {
    return new BlockWriter(databaseFolder, ulid, segmentBytes, pace);
  }

  /** Makes a block even where it gets no samples: it says that nothing is left of its time. */
  public void keepEmpty() {
    keepsEmpty = true;
  }

  /**
   * Names and values of all labels to come, sorted by UTF-8 bytes, unique; strings that no series
   * uses do no harm.
   */
  public void symbols(Iterator<String> sorted) {
    index.symbols(sorted);
  }

  /** Starts the next series; one without chunks is left out. */
  public void series(Labels labels) {
    finishSeries();
    current = labels;
  }

  /** Adds a chunk (complete data with its header) to the series; it must not overlap the last. */
  public void chunk(
      long mint, long maxt, ChunkEncoding encoding, byte[] data, int offset, int length) {
    long ref = segments.append(encoding, data, offset, length);
    chunks.add(mint, maxt, ref);
    chunkCount++;
    int samples = ChunkDecoder.count(encoding, data, offset);
    if (encoding.isHistogram()) {
      histogramSamples += samples;
    } else {
      floatSamples += samples;
    }
  }

  private void finishSeries() {
    if (chunks.size() > 0) {
      index.series(current, chunks);
      chunks.clear();
    }
  }

  /**
   * Completes the block. {@code maxt} is excluded, as in meta.json.
   *
   * @return empty where it has no samples and is not to be kept; then nothing is left on disk
   */
  public Optional<BlockMeta> finish(long mint, long maxt, BlockMeta.Compaction compaction) {
    finishSeries();
    if (floatSamples + histogramSamples == 0 && !keepsEmpty) {
      close();
      return Optional.empty();
    }
    segments.finish();
    index.finish();
    BlockMeta.Stats stats =
        new BlockMeta.Stats(
            floatSamples + histogramSamples,
            floatSamples,
            histogramSamples,
            index.seriesCount(),
            chunkCount,
            0);
    BlockMeta meta = new BlockMeta(ulid, mint, maxt, stats, compaction, BlockMeta.VERSION);
    Tombstones.NONE.write(temporary);
    BlockMetaFile.write(temporary, meta);
    Folders.sync(temporary);
    Folders.rename(temporary, databaseFolder.resolve(ulid.toString()));
    return Optional.of(meta);
  }

  @Override
  public void close() {
    try {
      segments.close();
    } finally {
      index.close();
      Folders.delete(temporary);
    }
  }
}
