package io.narthex.tsdb.wal;

/** The log's own metrics: {@code prometheus_tsdb_wal_*}, or those of the out-of-order log. */
public final class WalMetrics {
  public WalMetrics() {}
}
