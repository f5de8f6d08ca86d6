package io.narthex.tsdb.block;

import java.util.List;

/**
 * What meta.json says of a block. Times in milliseconds; {@code maxTime} is excluded.
 *
 * @param version of the file, 1
 */
public record BlockMeta(
    Ulid ulid, long minTime, long maxTime, Stats stats, Compaction compaction, int version) {
  public static final int VERSION = 1;

  /** How much is in the block. */
  public record Stats(
      long samples,
      long floatSamples,
      long histogramSamples,
      long series,
      long chunks,
      long tombstones) {
    public static final Stats EMPTY = new Stats(0, 0, 0, 0, 0, 0);
  }

  /** A block that went into this one. */
  public record Parent(Ulid ulid, long minTime, long maxTime) {}

  /**
   * Where the block comes from.
   *
   * @param level 1 for blocks of the head, then one more than the highest parent
   * @param sources the level 1 blocks in it
   * @param deletable whether nothing is left in it
   * @param failed whether compacting it failed, so that it is not tried again
   */
  public record Compaction(
      int level,
      List<Ulid> sources,
      boolean deletable,
      List<Parent> parents,
      boolean failed,
      List<String> hints) {
    public static final String FROM_OUT_OF_ORDER = "from-out-of-order";
    public static final String FROM_STALE_SERIES = "from-stale-series";
    public static final String FROM_SELECTED_SERIES = "from-selected-series";

    public Compaction {
      sources = List.copyOf(sources);
      parents = List.copyOf(parents);
      hints = List.copyOf(hints);
    }

    /** Of a block written from the head's out-of-order samples. */
    public static Compaction fromOutOfOrder(Ulid ulid) {
      return new Compaction(1, List.of(ulid), false, List.of(), false, List.of(FROM_OUT_OF_ORDER));
    }

    /** Of a block written from the head. */
    public static Compaction fromHead(Ulid ulid) {
      return fromHead(ulid, List.of());
    }

    /**
     * Of a block written from a part of the head.
     *
     * @param hints say which part
     */
    public static Compaction fromHead(Ulid ulid, List<String> hints) {
      return new Compaction(1, List.of(ulid), false, List.of(), false, hints);
    }

    /**
     * Whether the head may have had other samples of the same time: all hints that there are say
     * so, and a hint that is not known is better taken for one of these.
     */
    public boolean isPartial() {
      return !hints.isEmpty();
    }
  }
}
