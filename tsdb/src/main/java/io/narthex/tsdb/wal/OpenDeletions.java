package io.narthex.tsdb.wal;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Deletions that a checkpoint keeps although it keeps no samples of their times. A sample that
 * comes to such a time later in the log is not deleted, which shows only where it is kept too.
 */
final class OpenDeletions {
  private static final long[] NONE = {};

  /** Pairs of first and last time, by series reference. */
  private final Map<Long, long[]> ranges = new HashMap<>();

  void add(long ref, long from, long to) {
    long[] known = ranges.getOrDefault(ref, NONE);
    long[] more = Arrays.copyOf(known, known.length + 2);
    more[known.length] = from;
    more[known.length + 1] = to;
    ranges.put(ref, more);
  }

  boolean contain(long ref, long t) {
    if (ranges.isEmpty()) {
      return false;
    }
    long[] known = ranges.getOrDefault(ref, NONE);
    for (int i = 0; i < known.length; i += 2) {
      if (t >= known[i] && t <= known[i + 1]) {
        return true;
      }
    }
    return false;
  }
}
