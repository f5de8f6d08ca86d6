package io.narthex.tsdb.head;

import io.narthex.storage.SampleBuffer;
import java.util.Arrays;

/** Ranges of time, both ends included, ascending and apart: pairs of first and last. */
record DeletedRanges(long[] bounds) {
  static final DeletedRanges NONE = new DeletedRanges(new long[0]);

  boolean isEmpty() {
    return bounds.length == 0;
  }

  /** These and one more, joined where they touch. */
  DeletedRanges with(long mint, long maxt) {
    long first = mint;
    long last = maxt;
    long[] joined = new long[bounds.length + 2];
    int n = 0;
    for (int i = 0; i < bounds.length; i += 2) {
      if (bounds[i] <= saturated(last, 1) && bounds[i + 1] >= saturated(first, -1)) {
        first = Math.min(first, bounds[i]);
        last = Math.max(last, bounds[i + 1]);
      } else {
        joined[n++] = bounds[i];
        joined[n++] = bounds[i + 1];
      }
    }
    int at = 0;
    while (at < n && joined[at] < first) {
      at += 2;
    }
    System.arraycopy(joined, at, joined, at + 2, n - at);
    joined[at] = first;
    joined[at + 1] = last;
    return new DeletedRanges(Arrays.copyOf(joined, n + 2));
  }

  /** These but for a range, both ends included. */
  DeletedRanges without(long mint, long maxt) {
    if (!overlaps(mint, maxt)) {
      return this;
    }
    long[] left = new long[bounds.length + 2];
    int n = 0;
    for (int i = 0; i < bounds.length; i += 2) {
      if (bounds[i] < mint) {
        left[n++] = bounds[i];
        left[n++] = Math.min(bounds[i + 1], mint - 1);
      }
      if (bounds[i + 1] > maxt) {
        left[n++] = Math.max(bounds[i], maxt + 1);
        left[n++] = bounds[i + 1];
      }
    }
    return new DeletedRanges(Arrays.copyOf(left, n));
  }

  boolean contains(long t) {
    for (int i = 0; i < bounds.length; i += 2) {
      if (t >= bounds[i] && t <= bounds[i + 1]) {
        return true;
      }
    }
    return false;
  }

  boolean overlaps(long mint, long maxt) {
    for (int i = 0; i < bounds.length; i += 2) {
      if (mint <= bounds[i + 1] && maxt >= bounds[i]) {
        return true;
      }
    }
    return false;
  }

  boolean endsBefore(long t) {
    return bounds.length == 0 || bounds[bounds.length - 1] < t;
  }

  void removeFrom(SampleBuffer samples) {
    if (bounds.length == 0) {
      return;
    }
    int kept = 0;
    for (int i = 0; i < samples.size(); i++) {
      if (!contains(samples.timestamps[i])) {
        samples.move(i, kept);
        kept++;
      }
    }
    samples.size(kept);
  }

  private static long saturated(long t, int change) {
    long moved = t + change;
    return (change > 0) == (moved > t) ? moved : t;
  }
}
