package io.narthex.promql.explain;

import io.narthex.model.labels.Labels;
import io.narthex.model.labels.MatchType;
import io.narthex.model.labels.Matcher;
import java.util.Optional;

/** What kind of condition a matcher is, by the look of it. */
final class MatcherShape {
  private static final String SPECIAL = "*+?()[]{}|^$.";

  private MatcherShape() {}

  /** Whether no series fails it. */
  static boolean isUniversal(Matcher matcher) {
    return matcher.type() == MatchType.REGEX && bare(matcher.value()).equals(".*");
  }

  /** Whether it only asks for a metric name, which every series has. */
  static boolean isAnyName(Matcher matcher) {
    if (!matcher.name().equals(Labels.METRIC_NAME)) {
      return false;
    }
    return switch (matcher.type()) {
      case REGEX -> bare(matcher.value()).equals(".+");
      case NOT_EQUAL, NOT_REGEX -> matcher.value().isEmpty();
      case EQUAL -> false;
    };
  }

  static boolean hasAnchors(String regex) {
    return regex.startsWith("^") || (regex.endsWith("$") && !regex.endsWith("\\$"));
  }

  /**
   * The one text that an expression can be meant to match: it has no operators at all, or just
   * needless anchors, escapes and dots.
   */
  static Optional<String> literal(String regex) {
    String inner = bare(regex);
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < inner.length(); i++) {
      char c = inner.charAt(i);
      if (c == '\\') {
        i++;
        if (i == inner.length() || Character.isLetterOrDigit(inner.charAt(i))) {
          return Optional.empty();
        }
        text.append(inner.charAt(i));
      } else if (c == '.' && isDotInText(inner, i)) {
        text.append(c);
      } else if (SPECIAL.indexOf(c) >= 0) {
        return Optional.empty();
      } else {
        text.append(c);
      }
    }
    return text.isEmpty() ? Optional.empty() : Optional.of(text.toString());
  }

  /** As in a host name or an address: between letters and digits, and with no operator behind. */
  private static boolean isDotInText(String regex, int at) {
    return at > 0
        && at + 1 < regex.length()
        && Character.isLetterOrDigit(regex.charAt(at - 1))
        && Character.isLetterOrDigit(regex.charAt(at + 1));
  }

  /** Without anchors and groups around the whole. */
  private static String bare(String regex) {
    String inner = regex;
    if (inner.startsWith("^")) {
      inner = inner.substring(1);
    }
    if (inner.endsWith("$") && !inner.endsWith("\\$")) {
      inner = inner.substring(0, inner.length() - 1);
    }
    while (inner.startsWith("(") && inner.indexOf(')') == inner.length() - 1) {
      int skipped = inner.startsWith("(?:") ? 3 : 1;
      inner = inner.substring(skipped, inner.length() - 1);
    }
    return inner;
  }
}
