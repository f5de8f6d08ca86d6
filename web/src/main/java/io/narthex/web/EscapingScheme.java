package io.narthex.web;

import io.narthex.model.labels.LabelName;

/**
 * How names that older scrapers cannot read are written for them; the scraper chooses in its
 * `Accept` header.
 */
enum EscapingScheme {
  /** As they are, in quotes. */
  ALLOW_UTF_8("allow-utf-8"),
  UNDERSCORES("underscores"),
  DOTS("dots"),
  VALUES("values");

  private final String word;

  EscapingScheme(String word) {
    this.word = word;
  }

  /** The scheme that a content type names by its last parameter. */
  static EscapingScheme ofContentType(String contentType) {
    for (EscapingScheme scheme : values()) {
      if (contentType.endsWith("escaping=" + scheme.word)) {
        return scheme;
      }
    }
    return UNDERSCORES;
  }

  /** The name as this scheme writes it; metric names may have colons. */
  String escape(String name, boolean metricName) {
    boolean legacy = metricName ? LabelName.isLegacyMetricName(name) : LabelName.isLegacy(name);
    boolean unchanged =
        switch (this) {
          case ALLOW_UTF_8 -> true;
          case UNDERSCORES, VALUES -> legacy;
          case DOTS -> false;
        };
    if (unchanged) {
      return name;
    }
    StringBuilder out = new StringBuilder(name.length() + 8);
    if (this == VALUES) {
      out.append("U__");
    }
    name.codePoints().forEach(c -> append(out, c, out.isEmpty()));
    return out.toString();
  }

  private void append(StringBuilder out, int c, boolean first) {
    boolean digit = c >= '0' && c <= '9';
    boolean plain = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == ':' || digit && !first;
    switch (this) {
      case ALLOW_UTF_8 -> out.appendCodePoint(c);
      case UNDERSCORES -> out.append(plain ? (char) c : '_');
      case DOTS -> {
        if (c == '.') {
          out.append("_dot_");
        } else {
          out.append(plain ? String.valueOf((char) c) : "__");
        }
      }
      case VALUES -> {
        if (c == '_') {
          out.append("__");
        } else if (plain) {
          out.append((char) c);
        } else {
          out.append('_').append(Integer.toHexString(c)).append('_');
        }
      }
    }
  }
}
