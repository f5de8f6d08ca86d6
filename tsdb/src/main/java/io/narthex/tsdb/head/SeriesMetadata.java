package io.narthex.tsdb.head;

import io.narthex.model.metadata.MetricMetadata;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is known of the metric families of series, by row, for those who follow the log. Rows
 * without cost nothing; rows of one family share an object. Changed under the commit lock; may be
 * asked without it.
 */
final class SeriesMetadata {
  private static final int PAGE_BITS = 11;
  private static final int PAGE_ROWS = 1 << PAGE_BITS;

  private volatile @Nullable MetricMetadata[] @Nullable [] pages = new MetricMetadata[0][];
  private final Map<MetricMetadata, MetricMetadata> shared = new HashMap<>();

  @Nullable MetricMetadata of(int row) {
    @Nullable MetricMetadata[] @Nullable [] all = pages;
    int p = row >>> PAGE_BITS;
    @Nullable MetricMetadata[] page = p < all.length ? all[p] : null;
    return page == null ? null : page[row & (PAGE_ROWS - 1)];
  }

  void set(int row, MetricMetadata metadata) {
    int p = row >>> PAGE_BITS;
    @Nullable MetricMetadata[] @Nullable [] all = pages;
    if (p >= all.length) {
      all = Arrays.copyOf(all, Math.max(p + 1, 2 * all.length));
    }
    @Nullable MetricMetadata[] page = all[p];
    if (page == null) {
      page = new MetricMetadata[PAGE_ROWS];
      all[p] = page;
    }
    MetricMetadata known = shared.putIfAbsent(metadata, metadata);
    page[row & (PAGE_ROWS - 1)] = known == null ? metadata : known;
    pages = all;
  }

  /** The row belongs to no series any more. */
  void forget(int row) {
    int p = row >>> PAGE_BITS;
    @Nullable MetricMetadata[] @Nullable [] all = pages;
    @Nullable MetricMetadata[] page = p < all.length ? all[p] : null;
    if (page != null) {
      page[row & (PAGE_ROWS - 1)] = null;
    }
  }

  /** Gives back what only forgotten rows had. */
  void reclaim() {
    if (shared.isEmpty()) {
      return;
    }
    shared.clear();
    @Nullable MetricMetadata[] @Nullable [] all = pages;
    for (int p = 0; p < all.length; p++) {
      boolean used = false;
      @Nullable MetricMetadata[] page = all[p];
      for (int i = 0; page != null && i < page.length; i++) {
        MetricMetadata metadata = page[i];
        if (metadata != null) {
          used = true;
          MetricMetadata unused = shared.putIfAbsent(metadata, metadata);
        }
      }
      if (!used) {
        all[p] = null;
      }
    }
  }
}
