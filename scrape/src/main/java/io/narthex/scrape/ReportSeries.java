package io.narthex.scrape;

import io.narthex.model.metadata.MetricMetadata;
import io.narthex.model.metadata.MetricType;
import io.narthex.model.value.StaleMarker;
import io.narthex.storage.AppendResult;
import io.narthex.storage.Appender;
import java.util.Arrays;

/** The series that a scrape makes of itself: {@code up} and its companions. */
final class ReportSeries {
  private enum Kind {
    UP(
        "up",
        "Health of the scrape target. 1 means the target is healthy, 0 if the scrape failed.",
        "targets"),
    DURATION("scrape_duration_seconds", "Duration of the last scrape in seconds.", "seconds"),
    SAMPLES("scrape_samples_scraped", "Number of samples last scraped.", "samples"),
    POST_RELABELING(
        "scrape_samples_post_metric_relabeling",
        "Number of samples remaining after metric relabeling was applied.",
        "samples"),
    SERIES_ADDED("scrape_series_added", "Number of series in the last scrape.", "series"),
    TIMEOUT("scrape_timeout_seconds", "The configured scrape timeout for a target.", "seconds"),
    SAMPLE_LIMIT(
        "scrape_sample_limit",
        "The configured sample limit for a target. Returns zero if there is no limit configured.",
        "samples"),
    BODY_SIZE(
        "scrape_body_size_bytes",
        "The uncompressed size of the last scrape response, if successful. Scrapes failing because"
            + " body_size_limit is exceeded report -1, other scrape failures report 0.",
        "bytes");

    private final String metric;
    private final MetricMetadata metadata;

    Kind(String metric, String help, String unit) {
      this.metric = metric;
      this.metadata = new MetricMetadata(MetricType.GAUGE, unit, help);
    }
  }

  private static final Kind[] KINDS = Kind.values();
  private static final int PLAIN = Kind.SERIES_ADDED.ordinal() + 1;

  private final SampleLabels labels;
  private final boolean appendMetadata;
  private final int count;
  private final long[] refs = new long[KINDS.length];
  private final double[] values = new double[KINDS.length];

  /**
   * @param extra whether timeout, limit and body size are reported as well
   */
  ReportSeries(SampleLabels labels, boolean extra, boolean appendMetadata) {
    this.labels = labels;
    this.appendMetadata = appendMetadata;
    this.count = extra ? KINDS.length : PLAIN;
  }

  /** One scrape in numbers; a body size of -1 says that the limit was exceeded. */
  record Numbers(
      boolean up,
      double durationSeconds,
      int samples,
      int kept,
      int seriesAdded,
      double timeoutSeconds,
      long sampleLimit,
      long bodyBytes) {}

  void append(Appender appender, long timestampMillis, Numbers numbers) {
    values[Kind.UP.ordinal()] = numbers.up ? 1 : 0;
    values[Kind.DURATION.ordinal()] = numbers.durationSeconds;
    values[Kind.SAMPLES.ordinal()] = numbers.samples;
    values[Kind.POST_RELABELING.ordinal()] = numbers.kept;
    values[Kind.SERIES_ADDED.ordinal()] = numbers.seriesAdded;
    values[Kind.TIMEOUT.ordinal()] = numbers.timeoutSeconds;
    values[Kind.SAMPLE_LIMIT.ordinal()] = numbers.sampleLimit;
    values[Kind.BODY_SIZE.ordinal()] = numbers.bodyBytes;
    write(appender, timestampMillis);
  }

  void appendStale(Appender appender, long timestampMillis) {
    Arrays.fill(values, StaleMarker.VALUE);
    appender.refuseOutOfOrder(true);
    write(appender, timestampMillis);
    appender.refuseOutOfOrder(false);
  }

  private void write(Appender appender, long timestampMillis) {
    for (int i = 0; i < count; i++) {
      if (refs[i] == 0) {
        create(appender, i);
      }
      AppendResult result = appender.append(refs[i], timestampMillis, values[i]);
      if (result == AppendResult.UNKNOWN_SERIES) {
        create(appender, i);
        // Other refusals are normal where a target comes back under a new loop.
        result = appender.append(refs[i], timestampMillis, values[i]);
      }
    }
  }

  private void create(Appender appender, int i) {
    refs[i] = appender.series(labels.ofReport(KINDS[i].metric));
    if (appendMetadata) {
      appender.updateMetadata(refs[i], KINDS[i].metadata);
    }
  }
}
