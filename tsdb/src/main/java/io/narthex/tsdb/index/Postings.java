package io.narthex.tsdb.index;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** Set operations on series numbers in ascending arrays without duplicates. */
public final class Postings {
  public static final int[] NONE = new int[0];

  /** From this ratio of sizes on, the longer list is searched instead of walked. */
  private static final int SEARCH_RATIO = 16;

  private Postings() {}

  /** What is in all lists; at least one list. */
  public static int[] intersect(List<int[]> lists) {
    List<int[]> bySize = new ArrayList<>(lists);
    bySize.sort(Comparator.comparingInt(list -> list.length));
    int[] result = bySize.getFirst();
    for (int i = 1; i < bySize.size() && result.length > 0; i++) {
      result = intersect(result, bySize.get(i));
    }
    return result;
  }

  /** What is in both. */
  public static int[] intersect(int[] a, int[] b) {
    int[] small = a.length <= b.length ? a : b;
    int[] large = small == a ? b : a;
    int[] out = new int[small.length];
    int n =
        large.length / SEARCH_RATIO > small.length
            ? intersectBySearch(small, large, out)
            : intersectByWalk(small, large, out);
    return n == out.length ? out : Arrays.copyOf(out, n);
  }

  private static int intersectByWalk(int[] a, int[] b, int[] out) {
    int n = 0;
    int j = 0;
    for (int x : a) {
      while (j < b.length && b[j] < x) {
        j++;
      }
      if (j == b.length) {
        break;
      }
      if (b[j] == x) {
        out[n++] = x;
      }
    }
    return n;
  }

  private static int intersectBySearch(int[] small, int[] large, int[] out) {
    int n = 0;
    int from = 0;
    for (int x : small) {
      from = gallop(large, from, x);
      if (from == large.length) {
        break;
      }
      if (large[from] == x) {
        out[n++] = x;
      }
    }
    return n;
  }

  /** The first position from {@code from} on whose entry is not less than {@code x}. */
  private static int gallop(int[] list, int from, int x) {
    int step = 1;
    int high = from;
    while (high < list.length && list[high] < x) {
      from = high + 1;
      high += step;
      step <<= 1;
    }
    int at = Arrays.binarySearch(list, from, Math.min(high, list.length), x);
    return at >= 0 ? at : -at - 1;
  }

  /** What is in any list. */
  public static int[] union(List<int[]> lists) {
    if (lists.isEmpty()) {
      return NONE;
    }
    if (lists.size() == 1) {
      return lists.getFirst();
    }
    int total = 0;
    for (int[] list : lists) {
      total = Math.addExact(total, list.length);
    }
    int[] all = new int[total];
    int at = 0;
    for (int[] list : lists) {
      System.arraycopy(list, 0, all, at, list.length);
      at += list.length;
    }
    Arrays.sort(all);
    return withoutDuplicates(all);
  }

  private static int[] withoutDuplicates(int[] sorted) {
    int n = 0;
    for (int i = 0; i < sorted.length; i++) {
      if (i == 0 || sorted[i] != sorted[i - 1]) {
        sorted[n++] = sorted[i];
      }
    }
    return n == sorted.length ? sorted : Arrays.copyOf(sorted, n);
  }

  /** What is in the first list but not in the second. */
  public static int[] without(int[] list, int[] removed) {
    if (removed.length == 0 || list.length == 0) {
      return list;
    }
    int[] out = new int[list.length];
    int n = 0;
    int j = 0;
    for (int x : list) {
      while (j < removed.length && removed[j] < x) {
        j++;
      }
      if (j == removed.length || removed[j] != x) {
        out[n++] = x;
      }
    }
    return n == out.length ? out : Arrays.copyOf(out, n);
  }
}
