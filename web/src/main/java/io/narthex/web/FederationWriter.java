package io.narthex.web;

import io.narthex.model.histogram.FloatHistogram;
import io.narthex.model.labels.LabelName;
import io.narthex.model.labels.Labels;
import io.narthex.model.value.FloatStyle;
import io.narthex.model.value.GoFloat;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Writes samples with their timestamps in text format 0.0.4, one family after the other. External
 * labels are attached where a series does not have them; so is an empty instance label, lest the
 * scraper put its own in the place.
 */
final class FederationWriter {
  private static final int FLUSH_CHARS = 16 * 1024;

  private final OutputStream out;
  private final Labels externalLabels;
  private final EscapingScheme escaping;
  private final StringBuilder text = new StringBuilder(FLUSH_CHARS + 1024);
  private String family = "";
  private boolean familyOfHistograms;

  FederationWriter(OutputStream out, Labels externalLabels, EscapingScheme escaping) {
    this.out = out;
    this.externalLabels = externalLabels;
    this.escaping = escaping;
  }

  /** Writes a float sample. Samples of one name must come one after the other. */
  void sample(Labels labels, long timestampMillis, double value) throws IOException {
    startFamily(labels.metricName(), false);
    line(labels, "", "", "", value, timestampMillis);
  }

  /**
   * Writes a histogram with custom buckets as a classic one; others cannot be written as text and
   * are left out.
   */
  void histogram(Labels labels, long timestampMillis, FloatHistogram histogram) throws IOException {
    if (!histogram.usesCustomBuckets()) {
      return;
    }
    startFamily(labels.metricName(), true);
    double cumulative = 0;
    double[] perBucket = countsPerBucket(histogram);
    for (int i = 0; i < histogram.customValues().length; i++) {
      cumulative += perBucket[i];
      String bound = GoFloat.format(histogram.customValues()[i], FloatStyle.GENERAL);
      line(labels, "_bucket", "le", bound, cumulative, timestampMillis);
    }
    line(labels, "_bucket", "le", "+Inf", histogram.count(), timestampMillis);
    line(labels, "_sum", "", "", histogram.sum(), timestampMillis);
    line(labels, "_count", "", "", histogram.count(), timestampMillis);
  }

  /** Spreads the counts of the spans over all buckets, the one to +Inf included. */
  private static double[] countsPerBucket(FloatHistogram histogram) {
    double[] counts = new double[histogram.customValues().length + 1];
    int[] spans = histogram.positiveSpans();
    int bucket = 0;
    int next = 0;
    for (int s = 0; s < spans.length; s += 2) {
      bucket += spans[s];
      for (int i = 0; i < spans[s + 1]; i++) {
        counts[bucket++] = histogram.positiveCounts()[next++];
      }
    }
    return counts;
  }

  void flush() throws IOException {
    out.write(text.toString().getBytes(StandardCharsets.UTF_8));
    text.setLength(0);
  }

  private void startFamily(String name, boolean histograms) {
    if (name.equals(family) && histograms == familyOfHistograms) {
      return;
    }
    family = name;
    familyOfHistograms = histograms;
    String escaped = escaping.escape(name, true);
    text.append("# TYPE ");
    if (LabelName.isLegacyMetricName(escaped)) {
      text.append(escaped);
    } else {
      quoted(escaped);
    }
    text.append(histograms ? " histogram\n" : " untyped\n");
  }

  /** One line; an empty extra label name means that there is none. */
  private void line(
      Labels labels,
      String suffix,
      String extraName,
      String extraValue,
      double value,
      long timestampMillis)
      throws IOException {
    String name = escaping.escape(labels.metricName() + suffix, true);
    char separator = '{';
    if (LabelName.isLegacyMetricName(name)) {
      text.append(name);
    } else {
      text.append('{');
      quoted(name);
      separator = ',';
    }
    for (int i = 0; i < labels.size(); i++) {
      if (!labels.name(i).equals(Labels.METRIC_NAME)) {
        separator = label(separator, labels.name(i), labels.value(i));
      }
    }
    for (int i = 0; i < externalLabels.size(); i++) {
      if (!labels.has(externalLabels.name(i))) {
        separator = label(separator, externalLabels.name(i), externalLabels.value(i));
      }
    }
    if (!externalLabels.has(Labels.INSTANCE) && !labels.has(Labels.INSTANCE)) {
      separator = label(separator, Labels.INSTANCE, "");
    }
    if (!extraName.isEmpty()) {
      label(separator, extraName, extraValue);
    }
    text.append("} ");
    GoFloat.append(text, value, FloatStyle.GENERAL);
    text.append(' ').append(timestampMillis).append('\n');
    if (text.length() >= FLUSH_CHARS) {
      flush();
    }
  }

  private char label(char separator, String name, String value) {
    text.append(separator);
    String escaped = escaping.escape(name, false);
    if (LabelName.isLegacy(escaped)) {
      text.append(escaped);
    } else {
      quoted(escaped);
    }
    text.append('=');
    quoted(value);
    return ',';
  }

  private void quoted(String value) {
    text.append('"');
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      switch (c) {
        case '\\' -> text.append("\\\\");
        case '\n' -> text.append("\\n");
        case '"' -> text.append("\\\"");
        default -> text.append(c);
      }
    }
    text.append('"');
  }
}
