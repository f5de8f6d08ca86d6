package io.narthex.tsdb.wal;

import java.nio.file.Path;

/** Makes a damaged log readable again by ending it where the damage starts. */
public final class WalRepair {
  private WalRepair() {}

  /**
   * Rewrites the damaged segment up to the damage and deletes all later segments, as Prometheus
   * does. No writer may be open on the log.
   */
  public static void repair(Path folder, WalCorruptionException damage) {
    throw new UnsupportedOperationException();
  }
}
