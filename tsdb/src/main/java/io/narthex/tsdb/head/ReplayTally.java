package io.narthex.tsdb.head;

import io.narthex.model.value.StaleMarker;
import java.util.LinkedHashSet;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a replay has seen so far; told to the head and to the operator at its end. */
final class ReplayTally {
  private static final Logger LOG = LoggerFactory.getLogger(ReplayTally.class);

  long samples;
  long unknownSeries;
  long unknownSamples;
  long unknownExemplars;
  long unknownHistograms;
  long unknownTombstones;
  long unknownMetadata;
  private long mint = Long.MAX_VALUE;
  private long maxt = Long.MIN_VALUE;
  private int stale;
  private int histogramSeries;

  /** Rows that the log says were evicted. */
  private final Set<Integer> evicted = new LinkedHashSet<>();

  /** Forgets what a row has; its columns are as before. */
  void evict(int row, long[] columns, int base) {
    countState(columns, base, false, false);
    evicted.add(row);
  }

  /** Rows that were evicted; some may have got new samples since. */
  int[] evicted() {
    return evicted.stream().mapToInt(Integer::intValue).toArray();
  }

  /** A sample was added. */
  void sample(long t) {
    samples++;
    extend(t, t);
  }

  void extend(long from, long to) {
    mint = Math.min(mint, from);
    maxt = Math.max(maxt, to);
  }

  /** Time of the newest sample so far; {@code Long.MIN_VALUE} where there is none. */
  long maxTime() {
    return maxt;
  }

  /** The newest sample of a row, whose columns are as before, will be of this kind. */
  void countState(long[] columns, int base, boolean isStale, boolean isHistogram) {
    boolean wasStale = columns[base + SeriesTable.LAST_V] == StaleMarker.BITS;
    boolean wasHistogram = (columns[base + SeriesTable.HEAD] & SeriesTable.FLAG_HISTOGRAM) != 0;
    stale += (isStale ? 1 : 0) - (wasStale ? 1 : 0);
    histogramSeries += (isHistogram ? 1 : 0) - (wasHistogram ? 1 : 0);
  }

  void finish(Head head) {
    if (mint <= maxt) {
      head.times.extend(mint, maxt);
    }
    head.counts.state(stale, histogramSeries);
    count(head, "series", unknownSeries);
    count(head, "samples", unknownSamples);
    count(head, "exemplars", unknownExemplars);
    count(head, "histograms", unknownHistograms);
    count(head, "tombstones", unknownTombstones);
    count(head, "metadata", unknownMetadata);
    long unknownRest = unknownTombstones + unknownMetadata;
    if (unknownSeries + unknownSamples + unknownExemplars + unknownHistograms + unknownRest > 0) {
      LOG.atWarn()
          .addKeyValue("series", unknownSeries)
          .addKeyValue("samples", unknownSamples)
          .addKeyValue("exemplars", unknownExemplars)
          .addKeyValue("histograms", unknownHistograms)
          .addKeyValue("tombstones", unknownTombstones)
          .addKeyValue("metadata", unknownMetadata)
          .log("Unknown series references");
    }
  }

  private static void count(Head head, String type, long unknown) {
    head.metrics.unknownReferences.labels(type).add(unknown);
  }
}
