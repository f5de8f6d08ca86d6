package io.narthex.scrape;

import io.narthex.config.NameValidation;
import io.narthex.config.ScrapeConfig;
import io.narthex.config.ScrapeLimits;
import io.narthex.model.labels.GoQuote;
import io.narthex.model.labels.Labels;
import java.nio.charset.StandardCharsets;

/** Which label sets a job accepts: names, and limits to count and length of labels. */
final class SeriesRules {
  private static final int SHOWN_CHARACTERS = 50;

  private final NameValidation names;
  private final ScrapeLimits limits;

  SeriesRules(ScrapeConfig config) {
    names = config.nameValidation();
    limits = config.limits();
  }

  /** Why the names of a series are not acceptable; empty where they are. */
  String nameProblem(Labels labels) {
    if (!labels.has(Labels.METRIC_NAME)) {
      return "missing metric name (__name__ label)";
    }
    for (int i = 0; i < labels.size(); i++) {
      String name = labels.name(i);
      boolean valid =
          name.equals(Labels.METRIC_NAME)
              ? names.acceptsMetricName(labels.value(i))
              : names.acceptsLabelName(name);
      if (!valid) {
        return "invalid metric name or label names: " + labels;
      }
    }
    return "";
  }

  /** Which limit a series exceeds; empty where none. Lengths are in bytes. */
  String limitProblem(Labels labels) {
    String metric = labels.metricName();
    if (limits.labels() > 0 && labels.size() > limits.labels()) {
      return "label_limit exceeded (metric: "
          + shown(metric)
          + ", number of labels: "
          + labels.size()
          + ", limit: "
          + limits.labels()
          + ")";
    }
    if (limits.labelNameLength() == 0 && limits.labelValueLength() == 0) {
      return "";
    }
    for (int i = 0; i < labels.size(); i++) {
      String problem = lengthProblem(metric, labels.name(i), labels.value(i));
      if (!problem.isEmpty()) {
        return problem;
      }
    }
    return "";
  }

  private String lengthProblem(String metric, String name, String value) {
    int nameLength = utf8Length(name);
    if (limits.labelNameLength() > 0 && nameLength > limits.labelNameLength()) {
      return "label_name_length_limit exceeded (metric: "
          + shown(metric)
          + ", label name: "
          + shown(name)
          + ", length: "
          + nameLength
          + ", limit: "
          + limits.labelNameLength()
          + ")";
    }
    int valueLength = utf8Length(value);
    if (limits.labelValueLength() > 0 && valueLength > limits.labelValueLength()) {
      return "label_value_length_limit exceeded (metric: "
          + shown(metric)
          + ", label name: "
          + shown(name)
          + ", value: "
          + GoQuote.quote(shown(value))
          + ", length: "
          + valueLength
          + ", limit: "
          + limits.labelValueLength()
          + ")";
    }
    return "";
  }

  private static int utf8Length(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  private static String shown(String text) {
    return text.codePointCount(0, text.length()) <= SHOWN_CHARACTERS
        ? text
        : text.substring(0, text.offsetByCodePoints(0, SHOWN_CHARACTERS));
  }
}
