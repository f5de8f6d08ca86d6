package io.narthex.promql.explain;

import io.narthex.promql.syntax.PositionRange;

/**
 * Something about a query that its author may want to change.
 *
 * @param text what it is, what comes of it, and what to do
 * @param position where in the query
 */
public record Hint(Kind kind, String text, PositionRange position) {
  /** What a hint is about; programs may rely on the words. */
  public enum Kind {
    MATCHES_EVERYTHING("matches-everything"),
    LITERAL_REGEX("literal-regex"),
    ANCHORED_REGEX("anchored-regex"),
    RATE_OF_GAUGE("rate-of-gauge"),
    SHORT_RANGE("short-range"),
    MANY_TO_MANY("many-to-many"),
    MULTIPLIES("multiplies"),
    NO_PARTNERS("no-partners"),
    NO_SERIES("no-series"),
    NO_EFFECT("no-effect"),
    MANY_SERIES("many-series");

    private final String word;

    Kind(String word) {
      this.word = word;
    }

    public String word() {
      return word;
    }
  }
}
