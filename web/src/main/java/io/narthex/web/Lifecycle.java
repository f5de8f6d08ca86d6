package io.narthex.web;

/** What `/-/reload` and `/-/quit` do. */
public interface Lifecycle {
  /**
   * Reads the configuration again and applies it; returns when that is done.
   *
   * @throws RuntimeException where it is invalid or cannot be applied; the message is shown to the
   *     caller
   */
  void reload();

  /** Asks the program to end; returns at once. */
  void quit();
}
