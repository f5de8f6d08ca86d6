package io.narthex.storage;

/** Something that can be asked for samples. */
public interface Queryable {
  /**
   * Opens a view of the time range, both ends included, in milliseconds. It shows what was
   * committed before the call, and nothing of what comes later.
   */
  Querier querier(long mint, long maxt);
}
