package io.narthex.tsdb.encoding;

/**
 * Told of the work of someone who writes much in the background, so that it can be slowed down in
 * favour of those who wait for an answer.
 */
public interface WritePace {
  /** As fast as it goes. */
  WritePace FULL = _ -> {};

  /**
   * Notes that so many bytes were written; returns when more may be.
   *
   * @throws io.narthex.storage.StorageException where the work is to be given up
   */
  void wrote(long bytes);
}
