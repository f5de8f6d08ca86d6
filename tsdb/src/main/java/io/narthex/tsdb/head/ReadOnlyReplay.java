package io.narthex.tsdb.head;

import io.narthex.storage.StorageException;
import io.narthex.tsdb.encoding.DecodeException;
import io.narthex.tsdb.wal.Checkpoint;
import io.narthex.tsdb.wal.WalCorruptionException;
import io.narthex.tsdb.wal.WalReader;
import io.narthex.tsdb.wal.WalSegments;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Fills an empty head without a log of its own from a directory that must not be changed and may
 * belong to a running server: as {@link HeadReplay}, but nothing is repaired. Where the newest
 * segment is torn, the replay ends there.
 */
public final class ReadOnlyReplay {
  private final Head head;
  private final Path walFolder;
  private final OutOfOrderReplay outOfOrder;
  private final MappedChunkLists mapped;
  private final ReplayTally tally = new ReplayTally();
  private final ReplayedRecords records;

  /**
   * @param outOfOrderFolder where the out-of-order log is, if there is one
   */
  public ReadOnlyReplay(Head head, Path walFolder, Path outOfOrderFolder) {
    this.head = head;
    this.walFolder = walFolder;
    this.outOfOrder = OutOfOrderReplay.readOnly(head, outOfOrderFolder);
    this.mapped = new MappedChunkLists(head.fullChunks, head.minValidTime(), outOfOrder);
    this.records = new ReplayedRecords(head, mapped, tally, new ReplayedLate(head));
  }

  /**
   * @throws StorageException where the log is damaged, or changes while it is read
   */
  public void run() {
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
    for (int segment : segments) {
      replay(segment, segments.getLast());
    }
    mapped.dropRest();
    outOfOrder.run();
    tally.finish(head);
  }

  private void replay(Checkpoint checkpoint) {
    try (WalReader reader = WalReader.openAll(checkpoint.folder())) {
      read(reader);
    }
  }

  private void replay(int segment, int newest) {
    try (WalReader reader = WalReader.open(walFolder, segment, segment)) {
      read(reader);
    } catch (WalCorruptionException damage) {
      // A server is about to write the rest, or was stopped in the middle of it.
      if (segment != newest) {
        throw damage;
      }
    }
  }

  private void read(WalReader reader) {
    while (reader.next()) {
      try {
        records.record(reader.record(), reader.offset(), reader.length());
      } catch (DecodeException e) {
        throw reader.corrupted("record cannot be decoded: " + e.getMessage());
      }
    }
  }
}
