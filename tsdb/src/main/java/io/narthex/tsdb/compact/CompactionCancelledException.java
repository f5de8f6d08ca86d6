package io.narthex.tsdb.compact;

import io.narthex.storage.StorageException;

/** A block was given up half-way because the database is being closed; nothing is left of it. */
public final class CompactionCancelledException extends StorageException {
  public CompactionCancelledException() {
    super("compaction cancelled: the database is being closed");
  }
}
