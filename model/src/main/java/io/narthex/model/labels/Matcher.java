package io.narthex.model.labels;

/**
 * One condition of a selector, as {@code job=~"node|api"}. An absent label is matched as the empty
 * string.
 *
 * <p>Equality is by type, name and text.
 */
public final class Matcher {
  private final MatchType type;
  private final String name;
  private final String value;
  private final RegexMatcher regex;

  private Matcher(MatchType type, String name, String value, RegexMatcher regex) {
    this.type = type;
    this.name = name;
    this.value = value;
    this.regex = regex;
  }

  /**
   * @throws IllegalArgumentException where a regular expression does not compile, with Prometheus'
   *     message
   */
  public static Matcher of(MatchType type, String name, String value) {
    boolean needsRegex = type == MatchType.REGEX || type == MatchType.NOT_REGEX;
    return new Matcher(
        type, name, value, needsRegex ? RegexMatcher.compile(value) : RegexMatcher.EMPTY);
  }

  public static Matcher equal(String name, String value) {
    return of(MatchType.EQUAL, name, value);
  }

  public MatchType type() {
    return type;
  }

  public String name() {
    return name;
  }

  public String value() {
    return value;
  }

  /**
   * The compiled expression of the two regex types; for the others one that matches only the empty
   * string.
   */
  public RegexMatcher regex() {
    return regex;
  }

  public boolean matches(String labelValue) {
    return switch (type) {
      case EQUAL -> value.equals(labelValue);
      case NOT_EQUAL -> !value.equals(labelValue);
      case REGEX -> regex.matches(labelValue);
      case NOT_REGEX -> !regex.matches(labelValue);
    };
  }

  /** Whether series without the label pass. */
  public boolean matchesEmpty() {
    return matches("");
  }

  /** The opposite condition. */
  public Matcher inverse() {
    MatchType opposite =
        switch (type) {
          case EQUAL -> MatchType.NOT_EQUAL;
          case NOT_EQUAL -> MatchType.EQUAL;
          case REGEX -> MatchType.NOT_REGEX;
          case NOT_REGEX -> MatchType.REGEX;
        };
    return new Matcher(opposite, name, value, regex);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Matcher that
        && type == that.type
        && name.equals(that.name)
        && value.equals(that.value);
  }

  @Override
  public int hashCode() {
    return (type.hashCode() * 31 + name.hashCode()) * 31 + value.hashCode();
  }

  /** As in a selector: {@code job=~"node|api"}. */
  @Override
  public String toString() {
    StringBuilder out = new StringBuilder();
    if (LabelName.isLegacy(name)) {
      out.append(name);
    } else {
      GoQuote.append(out, name);
    }
    return GoQuote.append(out.append(type.operator()), value).toString();
  }
}
