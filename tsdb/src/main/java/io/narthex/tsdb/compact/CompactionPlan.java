package io.narthex.tsdb.compact;

import io.narthex.tsdb.block.BlockMeta;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;

/**
 * Decides which blocks to merge next.
 *
 * <p>Overlapping blocks come first. Else the newest block is left alone, and the blocks of the
 * first aligned range (each three times the one before) are merged that is full or past. Else a
 * large block of which many samples are deleted is written anew. Where a block turned out to be
 * damaged, none of this is tried again: all other work would wait for ever. Blocks that hold a
 * partial view of the head are only merged with their like, so that the others' times stay true: a
 * start takes the end of the newest of those for the time up to which the log is not needed. So it
 * is with samples out of order of a time whose other samples are in the head still.
 */
final class CompactionPlan {
  private static final double REWRITE_TOMBSTONES_RATIO = 0.05;
  private static final String OUT_OF_ORDER = BlockMeta.Compaction.FROM_OUT_OF_ORDER;
  private static final List<String> PARTIAL_VIEWS =
      List.of(BlockMeta.Compaction.FROM_STALE_SERIES, BlockMeta.Compaction.FROM_SELECTED_SERIES);
  private static final List<String> CLASSES =
      List.of(
          BlockMeta.Compaction.FROM_STALE_SERIES,
          BlockMeta.Compaction.FROM_SELECTED_SERIES,
          OUT_OF_ORDER);

  private final List<Long> ranges;
  private final boolean mergesOverlapping;
  private final Predicate<BlockMeta> mustWait;

  /**
   * @param mergesOverlapping whether blocks whose times overlap are merged
   * @param mustWait holds back a block, and all blocks that were written after it
   */
  CompactionPlan(
      List<Long> rangesMillis, boolean mergesOverlapping, Predicate<BlockMeta> mustWait) {
    this.ranges = rangesMillis;
    this.mergesOverlapping = mergesOverlapping;
    this.mustWait = mustWait;
  }

  List<BlockMeta> next(List<BlockMeta> all) {
    List<BlockMeta> blocks = free(all);
    long inOrderEnd = inOrderEnd(blocks);
    List<BlockMeta> plan = nextOfClass(ofClass(blocks, "", inOrderEnd));
    for (String hint : CLASSES) {
      plan = plan.isEmpty() ? nextOfClass(ofClass(blocks, hint, inOrderEnd)) : plan;
    }
    return plan;
  }

  /** Where the newest block ends that has all samples in order of its time. */
  private static long inOrderEnd(List<BlockMeta> blocks) {
    long end = Long.MIN_VALUE;
    for (BlockMeta block : blocks) {
      end = !block.compaction().isPartial() ? Math.max(end, block.maxTime()) : end;
    }
    return end;
  }

  /** Older blocks first: to go on behind one that waits would leave gaps. */
  private List<BlockMeta> free(List<BlockMeta> all) {
    List<BlockMeta> byAge = new ArrayList<>(all);
    byAge.sort(Comparator.comparing(BlockMeta::ulid));
    int n = 0;
    while (n < byAge.size() && !mustWait.test(byAge.get(n))) {
      n++;
    }
    return byAge.subList(0, n);
  }

  private static List<BlockMeta> ofClass(List<BlockMeta> blocks, String hint, long inOrderEnd) {
    List<BlockMeta> chosen = new ArrayList<>();
    for (BlockMeta block : blocks) {
      if (classOf(block, inOrderEnd).equals(hint)) {
        chosen.add(block);
      }
    }
    chosen.sort(Comparator.comparingLong(BlockMeta::minTime));
    return chosen;
  }

  private static String classOf(BlockMeta block, long inOrderEnd) {
    List<String> hints = block.compaction().hints();
    for (String partial : PARTIAL_VIEWS) {
      if (hints.contains(partial)) {
        return partial;
      }
    }
    boolean early = block.maxTime() > inOrderEnd;
    return early && hints.contains(OUT_OF_ORDER) ? OUT_OF_ORDER : "";
  }

  private List<BlockMeta> nextOfClass(List<BlockMeta> sorted) {
    if (sorted.isEmpty()) {
      return sorted;
    }
    List<BlockMeta> overlapping = mergesOverlapping ? overlapping(sorted) : List.of();
    if (!overlapping.isEmpty()) {
      return overlapping;
    }
    List<BlockMeta> settled = sorted.subList(0, sorted.size() - 1);
    List<BlockMeta> range = fullRange(settled);
    return range.isEmpty() ? mostlyDeleted(settled) : range;
  }

  /** The first group of blocks whose times overlap, and none of which could not be read before. */
  private static List<BlockMeta> overlapping(List<BlockMeta> sorted) {
    List<BlockMeta> group = new ArrayList<>();
    long maxt = sorted.getFirst().maxTime();
    for (int i = 1; i < sorted.size(); i++) {
      BlockMeta block = sorted.get(i);
      if (block.minTime() < maxt) {
        if (group.isEmpty()) {
          group.add(sorted.get(i - 1));
        }
        group.add(block);
      } else if (!group.isEmpty() && !hasFailed(group)) {
        break;
      } else {
        group.clear();
      }
      maxt = Math.max(maxt, block.maxTime());
    }
    return hasFailed(group) ? List.of() : group;
  }

  private static boolean hasFailed(List<BlockMeta> blocks) {
    return blocks.stream().anyMatch(block -> block.compaction().failed());
  }

  private List<BlockMeta> fullRange(List<BlockMeta> sorted) {
    if (sorted.isEmpty()) {
      return sorted;
    }
    long newest = sorted.getLast().minTime();
    for (int i = 1; i < ranges.size(); i++) {
      long range = ranges.get(i);
      for (List<BlockMeta> part : partsOf(sorted, range)) {
        long mint = part.getFirst().minTime();
        long maxt = part.getLast().maxTime();
        if (!hasFailed(part) && part.size() > 1 && (maxt - mint == range || maxt <= newest)) {
          return part;
        }
      }
    }
    return List.of();
  }

  /** Groups blocks by the aligned range that they lie in; others are left out. */
  private static List<List<BlockMeta>> partsOf(List<BlockMeta> sorted, long range) {
    List<List<BlockMeta>> parts = new ArrayList<>();
    int i = 0;
    while (i < sorted.size()) {
      long end = Math.floorDiv(sorted.get(i).minTime(), range) * range + range;
      List<BlockMeta> part = new ArrayList<>();
      while (i < sorted.size() && sorted.get(i).maxTime() <= end) {
        part.add(sorted.get(i++));
      }
      if (part.isEmpty()) {
        i++;
      } else {
        parts.add(part);
      }
    }
    return parts;
  }

  private List<BlockMeta> mostlyDeleted(List<BlockMeta> sorted) {
    for (BlockMeta block : sorted.reversed()) {
      if (block.compaction().failed()) {
        continue;
      }
      long tombstones = block.stats().tombstones();
      long series = block.stats().series();
      if (block.maxTime() - block.minTime() < ranges.get(ranges.size() / 2)) {
        return tombstones > 0 && tombstones >= series ? List.of(block) : List.of();
      }
      if ((double) tombstones / (series + 1) > REWRITE_TOMBSTONES_RATIO) {
        return List.of(block);
      }
    }
    return List.of();
  }
}
