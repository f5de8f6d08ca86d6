package io.narthex.tsdb.wal;

import io.narthex.model.labels.Labels;
import io.narthex.storage.StorageException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells a reference that no series of a log exceeds, without reading all of the log.
 *
 * <p>{@link SeriesState} says it where it speaks of the log as it is: whoever writes to a log
 * starts a segment, so a file that names the newest segment was written by the last writer. Else
 * the log is looked through backwards up to the newest segment with series. References are counted
 * up and logged with the first batch that uses them, so older segments can exceed those only by
 * what was under way at one time; {@link #SLACK} is far more.
 */
public final class SeriesIdBound {
  /** More series than can be created between two commits; 16,384 times that fit the limit. */
  static final long SLACK = 1L << 26;

  private static final Logger LOG = LoggerFactory.getLogger(SeriesIdBound.class);

  private SeriesIdBound() {}

  /**
   * @param newest the newest segment written by others; -1 where there is none
   */
  public static long of(Path walFolder, int newest) {
    Optional<SeriesState> state = SeriesState.read(walFolder);
    if (state.isPresent() && state.get().lastSegment() == newest) {
      long known = Math.max(state.get().reservedSeriesId(), state.get().lastSeriesId());
      if (state.get().cleanShutdown() || state.get().reservedSeriesId() > 0) {
        return known;
      }
    }
    long told = state.map(s -> Math.max(s.reservedSeriesId(), s.lastSeriesId())).orElse(0L);
    Optional<Checkpoint> checkpoint = Checkpoint.latest(walFolder);
    if (newest < 0 && checkpoint.isEmpty()) {
      return told;
    }
    long start = System.nanoTime();
    long highest = highest(walFolder, newest);
    if (highest == 0 && checkpoint.isPresent()) {
      Path folder = checkpoint.get().folder();
      highest = highest(folder, WalSegments.list(folder).stream().reduce(-1, (_, n) -> n));
    }
    LOG.atInfo()
        .addKeyValue("last_series_id", highest)
        .addKeyValue("duration", (System.nanoTime() - start) / 1_000_000 + "ms")
        .log("The log says nothing of its last series; its newest segments were looked through");
    return Math.max(told, highest) + SLACK;
  }

  /** The highest reference of the newest segment that has series; 0 where none has. */
  private static long highest(Path folder, int newest) {
    List<Integer> segments = WalSegments.list(folder);
    Highest highest = new Highest();
    for (int segment : segments.reversed()) {
      if (segment <= newest && highest.ref == 0) {
        look(folder, segment, highest);
      }
    }
    return highest.ref;
  }

  private static void look(Path folder, int segment, Highest highest) {
    RecordDecoder decoder = new RecordDecoder();
    try (WalReader reader = WalReader.open(folder, segment, segment)) {
      while (reader.next()) {
        RecordType type = RecordDecoder.type(reader.record(), reader.offset(), reader.length());
        if (type == RecordType.SERIES || type == RecordType.TOMBSTONES) {
          decoder.decode(reader.record(), reader.offset(), reader.length(), highest);
        }
      }
    } catch (StorageException e) {
      // The replay will come here too, and tell.
      LOG.debug("segment {} ends early", segment, e);
    }
  }

  /** Remembers the highest reference of a series. */
  private static final class Highest extends SelectiveVisitor {
    private long ref;

    @Override
    public void series(long seriesRef, Labels labels) {
      ref = Math.max(ref, seriesRef);
    }

    @Override
    public void tombstone(long seriesRef, long mint, long maxt) {
      ref = Math.max(ref, seriesRef);
    }
  }
}
