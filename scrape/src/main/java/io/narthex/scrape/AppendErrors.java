package io.narthex.scrape;

import io.narthex.storage.AppendResult;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts the samples of a scrape that the storage refuses, and tells the log once per kind. */
final class AppendErrors {
  private static final Logger LOG = LoggerFactory.getLogger(ScrapeLoop.class);

  private final ScrapeMetrics metrics;
  private final String pool;
  private final Target target;
  private int outOfOrder;
  private int duplicates;
  private int outOfBounds;
  private int exemplars;

  AppendErrors(ScrapeMetrics metrics, String pool, Target target) {
    this.metrics = metrics;
    this.pool = pool;
    this.target = target;
  }

  void clear() {
    outOfOrder = 0;
    duplicates = 0;
    outOfBounds = 0;
    exemplars = 0;
  }

  void count(AppendResult result) {
    switch (result) {
      case OUT_OF_ORDER, TOO_OLD -> {
        outOfOrder++;
        metrics.outOfOrder.inc();
      }
      case DUPLICATE_TIMESTAMP -> {
        duplicates++;
        metrics.duplicates.inc();
      }
      case OUT_OF_BOUNDS -> {
        outOfBounds++;
        metrics.outOfBounds.inc();
      }
      case OUT_OF_ORDER_EXEMPLAR -> {
        exemplars++;
        metrics.exemplarsOutOfOrder.inc();
      }
      case OK, UNKNOWN_SERIES, INVALID, DUPLICATE_EXEMPLAR, EXEMPLAR_LABELS_TOO_LONG -> {}
    }
  }

  /** Tells the log what was refused in this scrape. */
  void report() {
    warn("Error on ingesting out-of-order samples", outOfOrder);
    warn("Error on ingesting samples with different value but same timestamp", duplicates);
    warn("Error on ingesting samples that are too old or are too far into the future", outOfBounds);
    warn("Error on ingesting out-of-order exemplars", exemplars);
  }

  private void warn(String message, int dropped) {
    if (dropped > 0) {
      LOG.atWarn()
          .addKeyValue("scrape_pool", pool)
          .addKeyValue("target", target)
          .addKeyValue("num_dropped", dropped)
          .log(message);
    }
  }

  void unknownFormat(String contentType, String fallbackMediaType, String problem) {
    LOG.atError()
        .addKeyValue("scrape_pool", pool)
        .addKeyValue("target", target)
        .addKeyValue("content_type", contentType)
        .addKeyValue("fallback_media_type", fallbackMediaType)
        .addKeyValue("err", problem)
        .log("Failed to determine correct type of scrape target.");
  }

  void fallbackFormat(String problem) {
    LOG.atDebug()
        .addKeyValue("scrape_pool", pool)
        .addKeyValue("target", target)
        .addKeyValue("err", problem)
        .log("Invalid content type on scrape, using fallback setting.");
  }
}
