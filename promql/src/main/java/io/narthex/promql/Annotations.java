package io.narthex.promql;

import io.narthex.model.labels.GoQuote;
import io.narthex.model.value.FloatStyle;
import io.narthex.model.value.GoFloat;
import io.narthex.promql.syntax.ParseException;
import io.narthex.promql.syntax.PositionRange;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a query has to tell beside its result. The same text is told once, with the position where
 * it was met last. Texts are Prometheus'. Safe for several threads.
 */
public final class Annotations {
  private static final String WARNING = "PromQL warning: ";
  private static final String INFO = "PromQL info: ";
  private static final String MONOTONICITY =
      "input to histogram_quantile needed to be fixed for monotonicity (see"
          + " https://prometheus.io/docs/prometheus/latest/querying/functions/#histogram_quantile)";

  /** Buckets that had to be fixed, summed up over all samples with the same text. */
  private record Monotonicity(
      long mint, long maxt, double minBucket, double maxBucket, double maxDiff, int samples) {
    Monotonicity merge(Monotonicity o) {
      return new Monotonicity(
          Math.min(mint, o.mint),
          Math.max(maxt, o.maxt),
          Math.min(minBucket, o.minBucket),
          Math.max(maxBucket, o.maxBucket),
          Math.max(maxDiff, o.maxDiff),
          samples + o.samples);
    }
  }

  private final Map<String, PositionRange> warnings = new LinkedHashMap<>();
  private final Map<String, PositionRange> infos = new LinkedHashMap<>();
  private final Map<String, Monotonicity> monotonicity = new LinkedHashMap<>();
  private final Map<String, Integer> overlaps = new LinkedHashMap<>();
  private final Set<String> storageWarnings = new LinkedHashSet<>();

  /** Adds a warning; the text without {@code PromQL warning:}. */
  public synchronized void warning(String text, PositionRange position) {
    warnings.put(text, position);
  }

  /** Adds an information; the text without {@code PromQL info:}. */
  public synchronized void info(String text, PositionRange position) {
    infos.put(text, position);
  }

  public synchronized void storageWarning(String text) {
    storageWarnings.add(text);
  }

  /** Buckets of a classic histogram did not grow with their bounds. */
  public synchronized void forcedMonotonicity(
      String metricName,
      PositionRange position,
      long time,
      double minBucket,
      double maxBucket,
      double maxDiff) {
    String text = metricName.isEmpty() ? MONOTONICITY : forMetric(MONOTONICITY, metricName);
    infos.put(text, position);
    monotonicity.merge(
        text, new Monotonicity(time, time, minBucket, maxBucket, maxDiff, 1), (a, b) -> a.merge(b));
  }

  /** A start timestamp lies before the sample before it. */
  public synchronized void startTimeOverlap(String metricName, PositionRange position) {
    String text =
        "sample has start time that overlaps with previous sample timestamp for metric "
            + GoQuote.quote(metricName);
    warnings.put(text, position);
    overlaps.merge(text, 1, Integer::sum);
  }

  public static String forMetric(String text, String metricName) {
    return metricName.isEmpty() ? text : text + " for metric name " + GoQuote.quote(metricName);
  }

  /** All warnings as they are shown, with their places in the query. */
  public synchronized List<String> warnings(String query) {
    List<String> shown = new ArrayList<>(storageWarnings);
    warnings.forEach(
        (text, position) -> {
          int times = overlaps.getOrDefault(text, 1);
          String count = times > 1 ? " (" + times + " occurrences)" : "";
          shown.add(WARNING + text + count + place(query, position));
        });
    return shown;
  }

  /** All information as it is shown, with its places in the query. */
  public synchronized List<String> infos(String query) {
    List<String> shown = new ArrayList<>();
    infos.forEach(
        (text, position) -> {
          Monotonicity detail = monotonicity.get(text);
          String details = detail == null ? "" : describe(detail);
          shown.add(INFO + text + details + place(query, position));
        });
    return shown;
  }

  private static String place(String query, PositionRange position) {
    return " (" + ParseException.place(query, position.start()) + ")";
  }

  private static String describe(Monotonicity detail) {
    return ", from buckets "
        + GoFloat.shortest(detail.minBucket)
        + " to "
        + GoFloat.shortest(detail.maxBucket)
        + ", with a max diff of "
        + significant(detail.maxDiff)
        + ", over "
        + detail.samples
        + " samples from "
        + seconds(detail.mint)
        + " to "
        + seconds(detail.maxt);
  }

  /** As {@code %.2g}. */
  private static String significant(double value) {
    if (!Double.isFinite(value) || value == 0) {
      return GoFloat.shortest(value);
    }
    BigDecimal digits = new BigDecimal(value).round(new MathContext(2, RoundingMode.HALF_EVEN));
    double rounded = digits.doubleValue();
    boolean plain = Math.abs(rounded) >= 1e-4 && Math.abs(rounded) < 100;
    return GoFloat.format(rounded, plain ? FloatStyle.FIXED : FloatStyle.EXPONENT);
  }

  private static String seconds(long millis) {
    return Instant.ofEpochMilli(millis).truncatedTo(ChronoUnit.SECONDS).toString();
  }
}
