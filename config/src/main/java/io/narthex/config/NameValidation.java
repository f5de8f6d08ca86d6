package io.narthex.config;

import io.narthex.model.labels.LabelName;

/** Which metric and label names are accepted. */
public enum NameValidation {
  UTF8("utf8"),
  LEGACY("legacy");

  private final String text;

  NameValidation(String text) {
    this.text = text;
  }

  /** As in configuration files. */
  public String text() {
    return text;
  }

  public boolean acceptsLabelName(String name) {
    return this == UTF8 ? LabelName.isValidUtf8(name) : LabelName.isLegacy(name);
  }

  public boolean acceptsMetricName(String name) {
    return this == UTF8 ? LabelName.isValidUtf8(name) : LabelName.isLegacyMetricName(name);
  }
}
