package io.narthex.tsdb;

import io.narthex.tsdb.block.Block;
import io.narthex.tsdb.block.BlockMeta;
import io.narthex.tsdb.block.Ulid;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Says which blocks have to go, as Prometheus does. */
final class Retention {
  private Retention() {}

  /** Blocks that are compacted into others, or in which nothing is left. */
  static Set<Ulid> superseded(List<Block> blocks) {
    Set<Ulid> gone = new HashSet<>();
    for (Block block : blocks) {
      if (block.meta().compaction().deletable()) {
        gone.add(block.meta().ulid());
      }
      for (BlockMeta.Parent parent : block.meta().compaction().parents()) {
        gone.add(parent.ulid());
      }
    }
    return gone;
  }

  /** Blocks that end so long before the newest one that their time is over; 0 is for ever. */
  static List<Block> beyondTime(List<Block> blocks, long retentionMillis) {
    if (retentionMillis <= 0 || blocks.isEmpty()) {
      return List.of();
    }
    long newest = Long.MIN_VALUE;
    for (Block block : blocks) {
      newest = Math.max(newest, block.meta().maxTime());
    }
    List<Block> old = new ArrayList<>();
    for (Block block : blocks) {
      // Subtracted in this order, as times may be anything.
      if (newest - block.meta().maxTime() >= retentionMillis) {
        old.add(block);
      }
    }
    return old;
  }

  /** The oldest blocks beyond a number of bytes, of which the head has some; 0 is any number. */
  static List<Block> beyondSize(List<Block> blocks, long retentionBytes, long headBytes) {
    if (retentionBytes <= 0) {
      return List.of();
    }
    List<Block> newestFirst = new ArrayList<>(blocks);
    newestFirst.sort(Comparator.comparingLong((Block b) -> b.meta().maxTime()).reversed());
    long bytes = headBytes;
    for (int i = 0; i < newestFirst.size(); i++) {
      bytes += newestFirst.get(i).sizeBytes();
      if (bytes > retentionBytes) {
        return newestFirst.subList(i, newestFirst.size());
      }
    }
    return List.of();
  }
}
