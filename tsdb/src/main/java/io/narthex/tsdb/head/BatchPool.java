package io.narthex.tsdb.head;

import java.util.ArrayDeque;

/** Batches between two appenders, so that steady appending allocates nothing per sample. */
final class BatchPool {
  private static final int KEPT = 16;

  private final ArrayDeque<Batch> idle = new ArrayDeque<>();

  synchronized Batch take() {
    Batch batch = idle.pollFirst();
    return batch == null ? new Batch() : batch;
  }

  synchronized void give(Batch batch) {
    batch.clear();
    if (idle.size() < KEPT && batch.worthKeeping()) {
      idle.addFirst(batch);
    }
  }
}
