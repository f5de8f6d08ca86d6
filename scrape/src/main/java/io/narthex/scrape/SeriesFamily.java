package io.narthex.scrape;

import io.narthex.model.metadata.MetricType;
import java.util.List;

/** Whether a series belongs to a metric family, by the suffixes that the family's type allows. */
final class SeriesFamily {
  private static final List<String> NONE = List.of();
  private static final List<String> TOTAL = List.of("_total");
  private static final List<String> INFO = List.of("_info");
  private static final List<String> HISTOGRAM = List.of("_bucket", "_sum", "_count");
  private static final List<String> GAUGE_HISTOGRAM = List.of("_bucket", "_gsum", "_gcount");
  private static final List<String> SUMMARY = List.of("_sum", "_count");

  private SeriesFamily() {}

  static boolean contains(String family, MetricType type, String series) {
    if (!series.startsWith(family)) {
      return false;
    }
    List<String> suffixes =
        switch (type) {
          case COUNTER -> TOTAL;
          case INFO -> INFO;
          case HISTOGRAM -> HISTOGRAM;
          case GAUGE_HISTOGRAM -> GAUGE_HISTOGRAM;
          case SUMMARY -> SUMMARY;
          case UNKNOWN, GAUGE, STATESET -> NONE;
        };
    // The text format names these families with their suffix.
    boolean suffixInFamily = type == MetricType.COUNTER || type == MetricType.INFO;
    String base = suffixInFamily ? withoutSuffix(family, suffixes) : family;
    return withoutSuffix(series, suffixes).equals(base);
  }

  private static String withoutSuffix(String name, List<String> suffixes) {
    for (String suffix : suffixes) {
      if (name.endsWith(suffix)) {
        return name.substring(0, name.length() - suffix.length());
      }
    }
    return name;
  }
}
