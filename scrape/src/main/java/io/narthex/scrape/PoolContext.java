package io.narthex.scrape;

import io.narthex.config.ScrapeConfig;
import io.narthex.config.relabel.Relabeler;
import io.narthex.http.client.Transport;
import io.narthex.storage.Appendable;

/** What all loops of a pool share under one configuration. */
record PoolContext(
    ScrapeConfig config,
    Shared shared,
    Transport transport,
    Relabeler metricRelabeler,
    FailureLog failureLog) {

  /** What all pools of a manager share. */
  record Shared(
      ScrapeOptions options,
      Appendable storage,
      ScrapeMetrics metrics,
      BodyPool bodies,
      CursorPool cursors,
      MetadataInterner interner,
      SpanHash.Keys keys) {}
}
