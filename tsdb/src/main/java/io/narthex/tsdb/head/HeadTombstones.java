package io.narthex.tsdb.head;

import io.narthex.storage.SampleBuffer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongPredicate;

/** Deleted ranges of time by series reference; nearly always there are none. */
final class HeadTombstones {
  private final Map<Long, DeletedRanges> ranges = new ConcurrentHashMap<>();

  void add(long ref, long mint, long maxt) {
    ranges.merge(ref, DeletedRanges.NONE.with(mint, maxt), (a, b) -> a.with(mint, maxt));
  }

  /** A sample came after the deletion of its time: that is not deleted any more. */
  void except(long ref, long t) {
    if (!ranges.isEmpty()) {
      ranges.computeIfPresent(ref, (_, deleted) -> deleted.without(t));
    }
  }

  DeletedRanges of(long ref) {
    return ranges.isEmpty() ? DeletedRanges.NONE : ranges.getOrDefault(ref, DeletedRanges.NONE);
  }

  /** Takes one range. */
  interface Visitor {
    void range(long ref, long mint, long maxt);
  }

  void forEach(Visitor visitor) {
    ranges.forEach(
        (ref, deleted) -> {
          long[] bounds = deleted.bounds();
          for (int i = 0; i < bounds.length; i += 2) {
            visitor.range(ref, bounds[i], bounds[i + 1]);
          }
        });
  }

  /** Removes deleted samples from a buffer that has those of one series. */
  void apply(long ref, SampleBuffer samples) {
    if (!ranges.isEmpty()) {
      of(ref).removeFrom(samples);
    }
  }

  /** Forgets ranges that end before a time, and those of series that are gone. */
  void dropBefore(long mint, LongPredicate alive) {
    ranges.entrySet().removeIf(e -> e.getValue().endsBefore(mint) || !alive.test(e.getKey()));
  }

  long size() {
    return ranges.size();
  }
}
