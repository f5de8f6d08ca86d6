package io.narthex.tsdb.head;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongPredicate;

/**
 * Deleted ranges of time by series reference; nearly always there are none.
 *
 * <p>What comes after a deletion is not deleted. In order there can be nothing of a deleted time,
 * but out of order there can, and then beside a sample in order of that very time that stays
 * deleted. So the two are told apart.
 */
final class HeadTombstones {
  private final Map<Long, Deleted> ranges = new ConcurrentHashMap<>();

  private record Deleted(DeletedRanges inOrder, LateDeletions late) {
    static final Deleted NOTHING = new Deleted(DeletedRanges.NONE, LateDeletions.NONE);

    Deleted with(long mint, long maxt) {
      return new Deleted(
          inOrder.with(mint, maxt),
          new LateDeletions(late.deleted().with(mint, maxt), late.again().without(mint, maxt)));
    }

    Deleted except(long t) {
      if (!inOrder.contains(t)) {
        return this;
      }
      return new Deleted(
          inOrder, new LateDeletions(late.deleted().without(t, t), late.again().with(t, t)));
    }
  }

  /**
   * Marks a range of time as deleted. One that ends before it starts is none: Prometheus logs such
   * ones where it is asked to delete what was before a series.
   */
  void add(long ref, long mint, long maxt) {
    if (mint > maxt) {
      return;
    }
    ranges.merge(ref, Deleted.NOTHING.with(mint, maxt), (known, _) -> known.with(mint, maxt));
  }

  /** A sample came out of order after the deletion of its time: it is not deleted. */
  void except(long ref, long t) {
    if (!ranges.isEmpty()) {
      ranges.computeIfPresent(ref, (_, deleted) -> deleted.except(t));
    }
  }

  boolean isEmpty() {
    return ranges.isEmpty();
  }

  /** Takes one range. */
  interface Visitor {
    void range(long ref, long mint, long maxt);
  }

  /** All ranges, which say everything where nothing {@link #hasExceptions}. */
  void forEach(Visitor visitor) {
    ranges.forEach(
        (ref, deleted) -> {
          long[] bounds = deleted.inOrder.bounds();
          for (int i = 0; i < bounds.length; i += 2) {
            visitor.range(ref, bounds[i], bounds[i + 1]);
          }
        });
  }

  /** Whether something came to a deleted range afterwards. */
  boolean hasExceptions() {
    for (Deleted deleted : ranges.values()) {
      if (!deleted.late.again().isEmpty()) {
        return true;
      }
    }
    return false;
  }

  /** What of the samples in order is deleted. */
  DeletedRanges inOrder(long ref) {
    return of(ref).inOrder;
  }

  /** What of the samples out of order is deleted. */
  LateDeletions late(long ref) {
    return of(ref).late;
  }

  private Deleted of(long ref) {
    return ranges.isEmpty() ? Deleted.NOTHING : ranges.getOrDefault(ref, Deleted.NOTHING);
  }

  /** Forgets ranges that end before a time, and those of series that are gone. */
  void dropBefore(long mint, LongPredicate alive) {
    ranges
        .entrySet()
        .removeIf(e -> e.getValue().inOrder.endsBefore(mint) || !alive.test(e.getKey()));
  }

  long size() {
    return ranges.size();
  }
}
