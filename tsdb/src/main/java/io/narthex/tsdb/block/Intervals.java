package io.narthex.tsdb.block;

import io.narthex.storage.SampleBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Deleted time ranges of one series: both ends included, ascending, never touching each other.
 * Immutable.
 */
public record Intervals(List<Interval> list) {
  public static final Intervals NONE = new Intervals(List.of());

  /** A range of times, both ends included. */
  public record Interval(long mint, long maxt) {}

  public Intervals {
    list = List.copyOf(list);
  }

  public boolean isEmpty() {
    return list.isEmpty();
  }

  /** These and one more; ranges that overlap or touch become one. */
  public Intervals with(long mint, long maxt) {
    List<Interval> all = new ArrayList<>(list);
    all.add(new Interval(mint, maxt));
    all.sort(Comparator.comparingLong(Interval::mint));
    List<Interval> merged = new ArrayList<>(all.size());
    for (Interval next : all) {
      Interval last = merged.isEmpty() ? null : merged.getLast();
      boolean touches =
          last != null && (next.mint() <= last.maxt() || next.mint() - 1 == last.maxt());
      if (touches) {
        merged.set(
            merged.size() - 1, new Interval(last.mint(), Math.max(last.maxt(), next.maxt())));
      } else {
        merged.add(next);
      }
    }
    return new Intervals(merged);
  }

  /** Whether all times of the range are deleted. */
  public boolean cover(long mint, long maxt) {
    for (Interval interval : list) {
      if (interval.mint() <= mint && maxt <= interval.maxt()) {
        return true;
      }
    }
    return false;
  }

  /** Whether some time of the range is deleted. */
  public boolean touch(long mint, long maxt) {
    for (Interval interval : list) {
      if (interval.mint() <= maxt && mint <= interval.maxt()) {
        return true;
      }
    }
    return false;
  }

  /** Removes deleted samples from the buffer, from a position on. */
  public void removeFrom(SampleBuffer buffer, int from) {
    int kept = from;
    int next = 0;
    for (int i = from; i < buffer.size(); i++) {
      long t = buffer.timestamps[i];
      while (next < list.size() && list.get(next).maxt() < t) {
        next++;
      }
      if (next < list.size() && list.get(next).mint() <= t) {
        continue;
      }
      buffer.move(i, kept);
      kept++;
    }
    buffer.size(kept);
  }
}
