package io.narthex.tsdb.index;

import java.util.Arrays;

/**
 * Where a series' chunks are and which times they cover, ascending; reused from series to series.
 */
public final class ChunkMetas {
  private long[] mints = new long[16];
  private long[] maxts = new long[16];
  private long[] refs = new long[16];
  private int size;

  public void clear() {
    size = 0;
  }

  public int size() {
    return size;
  }

  public void add(long mint, long maxt, long ref) {
    if (size == refs.length) {
      mints = Arrays.copyOf(mints, 2 * size);
      maxts = Arrays.copyOf(maxts, 2 * size);
      refs = Arrays.copyOf(refs, 2 * size);
    }
    mints[size] = mint;
    maxts[size] = maxt;
    refs[size++] = ref;
  }

  public long mint(int i) {
    return mints[i];
  }

  public long maxt(int i) {
    return maxts[i];
  }

  /** Segment from 0 in the upper, offset in the lower half. */
  public long ref(int i) {
    return refs[i];
  }
}
