package io.narthex.tsdb.head;

import io.narthex.storage.StorageException;
import io.narthex.tsdb.encoding.DecodeException;
import io.narthex.tsdb.wal.Checkpoint;
import io.narthex.tsdb.wal.WalCorruptionException;
import io.narthex.tsdb.wal.WalReader;
import io.narthex.tsdb.wal.WalSegments;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Fills an empty head without a log of its own from a directory that must not be changed and may
 * belong to a running server: as {@link HeadReplay}, but nothing is repaired. Where a segment is
 * damaged it ends there, and the next one is read.
 */
public final class ReadOnlyReplay {
  /** Told how far the reading is. */
  public interface Watcher {
    void read(int segments, int of);
  }

  private final Head head;
  private final Path walFolder;
  private final OutOfOrderReplay outOfOrder;
  private final MappedChunkLists mapped;
  private final ReplayTally tally = new ReplayTally();
  private final ReplayedRecords records;
  private final List<String> damage = new ArrayList<>();

  /**
   * @param outOfOrderFolder where the out-of-order log is, if there is one
   */
  public ReadOnlyReplay(Head head, Path walFolder, Path outOfOrderFolder) {
    this.head = head;
    this.walFolder = walFolder;
    this.outOfOrder = OutOfOrderReplay.readOnly(head, outOfOrderFolder);
    this.mapped = new MappedChunkLists(head.fullChunks, head.minValidTime(), outOfOrder);
    this.records = new ReplayedRecords(head, mapped, tally, new ReplayedLate(head, tally));
  }

  /**
   * @throws StorageException where the log changes while it is read, or the thread is interrupted
   */
  public void run(Watcher watcher) {
    mapped.load(head.files, head.metrics);
    Optional<Checkpoint> checkpoint = Checkpoint.latest(walFolder);
    checkpoint.ifPresent(this::replay);
    int after = checkpoint.map(Checkpoint::segment).orElse(-1);
    List<Integer> segments =
        WalSegments.list(walFolder).stream().filter(segment -> segment > after).toList();
    if (after >= 0 && !segments.isEmpty() && segments.getFirst() != after + 1) {
      throw new StorageException(
          walFolder + ": segment " + (after + 1) + " is missing, for a server is cutting the log");
    }
    for (int i = 0; i < segments.size(); i++) {
      watcher.read(i, segments.size());
      replay(segments.get(i), segments.getLast());
    }
    mapped.dropRest();
    outOfOrder.run();
    damage.addAll(outOfOrder.damage());
    tally.finish(head);
  }

  /** What is wrong with segments that are damaged, other than the newest, one line each. */
  public List<String> damage() {
    return List.copyOf(damage);
  }

  private void replay(Checkpoint checkpoint) {
    try (WalReader reader = WalReader.openAll(checkpoint.folder())) {
      read(reader);
    } catch (WalCorruptionException e) {
      damage.add(e.getMessage());
    }
  }

  private void replay(int segment, int newest) {
    try (WalReader reader = WalReader.open(walFolder, segment, segment)) {
      read(reader);
    } catch (WalCorruptionException e) {
      // Of the newest one a server is about to write the rest, or was stopped in the middle of it.
      if (segment != newest) {
        damage.add(e.getMessage());
      }
    }
  }

  private void read(WalReader reader) {
    while (reader.next()) {
      if (Thread.currentThread().isInterrupted()) {
        throw new StorageException("interrupted while the log was read");
      }
      try {
        records.record(reader.record(), reader.offset(), reader.length());
      } catch (DecodeException e) {
        throw reader.corrupted("record cannot be decoded: " + e.getMessage());
      }
    }
  }
}
