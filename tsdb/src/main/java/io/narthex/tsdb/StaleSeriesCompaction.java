package io.narthex.tsdb;

import io.narthex.tsdb.block.BlockMeta;
import io.narthex.tsdb.head.Head;
import io.narthex.tsdb.head.StaleSeries;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Moves series that have ended from the head to blocks of their own, where they are so many that
 * their memory should not wait for the next cut. The head's times stay as they are. Runs under the
 * maintenance lock.
 */
final class StaleSeriesCompaction {
  private static final Logger LOG = LoggerFactory.getLogger(StaleSeriesCompaction.class);
  private static final long SOON_MILLIS = 10 * 60_000;
  private static final long PATIENCE_MILLIS = 120_000;
  private static final List<String> HINTS = List.of(BlockMeta.Compaction.FROM_STALE_SERIES);

  private final DbOptions options;
  private final Head head;
  private final HeadBlocks headBlocks;
  private final Consumer<BlockMeta> publish;
  private final DbMetrics metrics;
  private volatile double threshold;
  private Optional<Long> lastHeadCompaction = Optional.empty();

  /**
   * @param publish shows a new block to queries, or throws
   */
  StaleSeriesCompaction(
      DbOptions options,
      Head head,
      HeadBlocks headBlocks,
      Consumer<BlockMeta> publish,
      DbMetrics metrics) {
    this.options = options;
    this.head = head;
    this.headBlocks = headBlocks;
    this.publish = publish;
    this.metrics = metrics;
    this.threshold = options.staleSeriesThreshold();
  }

  /** The share of stale series from which on they are moved; 0 is never. */
  void threshold(double share) {
    threshold = share;
  }

  void headCompactionStarted() {
    lastHeadCompaction = Optional.of(System.currentTimeMillis());
  }

  void runIfDue() throws InterruptedException {
    long series = head.counts().series();
    double limit = threshold;
    if (series == 0 || limit <= 0 || (double) head.counts().staleSeries() / series < limit) {
      return;
    }
    if (!headCompactionIsSoon()) {
      run();
    }
  }

  private boolean headCompactionIsSoon() {
    return lastHeadCompaction.isPresent()
        && System.currentTimeMillis() + SOON_MILLIS
            > lastHeadCompaction.get() + options.minBlockMillis();
  }

  private void run() throws InterruptedException {
    long start = System.nanoTime();
    metrics.staleCompactions.inc();
    LOG.info("Starting stale series compaction");
    int evicted;
    StaleSeries stale;
    try {
      stale = StaleSeries.collect(head);
      writeBlocks(stale);
      evicted = stale.evict(PATIENCE_MILLIS);
    } catch (RuntimeException e) {
      metrics.staleCompactionsFailed.inc();
      throw e;
    }
    metrics.staleCompactionSeconds.observeSince(start);
    LOG.atInfo()
        .addKeyValue("num_series", stale.size())
        .addKeyValue("num_evicted", evicted)
        .addKeyValue("duration", (System.nanoTime() - start) / 1_000_000 + "ms")
        .log("Ending stale series compaction");
  }

  private void writeBlocks(StaleSeries stale) {
    long range = options.minBlockMillis();
    long mint = head.minTime() / range * range;
    for (; stale.size() > 0 && mint <= head.maxTime(); mint += range) {
      long maxt = mint + range;
      headBlocks
          .write(options.directory(), stale.slice(mint, maxt - 1), mint, maxt, HINTS)
          .ifPresent(publish);
    }
  }
}
