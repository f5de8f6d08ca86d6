package io.narthex.model.labels;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A fully anchored RE2 expression ({@code ^(?s:…)$}) that is answered without the regex engine
 * wherever its shape allows.
 *
 * <p>In this order: a finite set of texts is a hash look-up; literals around wildcards are searched
 * for; other expressions of moderate size are a table-driven automaton for texts in ASCII. The
 * engine answers what is left: rare syntax, huge expressions, texts that are not ASCII. All ways
 * give the engine's answer. Immutable and safe for several threads.
 */
public final class RegexMatcher {
  /** Matches the empty string only. */
  public static final RegexMatcher EMPTY = compile("");

  private final String source;
  private final Pattern engine;
  private final Optional<List<String>> setMatches;
  private final @Nullable Set<String> set;
  private final @Nullable GlobMatcher glob;
  private final @Nullable RegexAutomaton automaton;
  private final String prefix;

  private RegexMatcher(String source, Pattern engine) {
    this.source = source;
    this.engine = engine;
    Optional<RegexNode> node = RegexParser.parse(source);
    setMatches = node.flatMap(LiteralSet::of);
    set = setMatches.map(texts -> (Set<String>) new HashSet<>(texts)).orElse(null);
    glob = set != null ? null : node.flatMap(GlobMatcher::of).orElse(null);
    automaton = set != null || glob != null ? null : node.flatMap(RegexAutomaton::of).orElse(null);
    prefix = node.map(RegexMatcher::prefix).orElse("");
  }

  /**
   * @throws IllegalArgumentException where the expression is not valid RE2, with Go's message
   */
  public static RegexMatcher compile(String source) {
    RegexLimits.check(source);
    try {
      return new RegexMatcher(source, Pattern.compile(source, Pattern.DOTALL));
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException("error parsing regexp: " + message(source, e), e);
    }
  }

  /** Go's words where RE2/J has others. */
  private static String message(String source, PatternSyntaxException e) {
    if (e.getDescription().contains("internal error")) {
      return "unexpected ): `" + source + "`";
    }
    String part = e.getPattern() == null ? "" : e.getPattern();
    boolean flagAdded = part.startsWith("(?s)") && part.length() == source.length() + 4;
    return e.getDescription() + ": `" + (flagAdded ? source : part) + "`";
  }

  public String source() {
    return source;
  }

  public boolean matches(String text) {
    if (set != null) {
      return set.contains(text);
    }
    if (glob != null) {
      return glob.matches(text);
    }
    if (automaton != null) {
      int answer = automaton.matches(text);
      if (answer >= 0) {
        return answer > 0;
      }
    }
    return text.startsWith(prefix) && engine.matches(text);
  }

  /** The values that match where they are a finite, small set ({@code a|b|c}); else empty. */
  public Optional<List<String>> setMatches() {
    return setMatches;
  }

  /** A literal that every match starts with; the empty string where there is none. */
  public String prefix() {
    return prefix;
  }

  private static String prefix(RegexNode node) {
    return switch (node) {
      case RegexNode.Literal literal -> literal.text();
      case RegexNode.Sequence sequence -> prefix(sequence.parts().getFirst());
      case RegexNode.Choice choice -> {
        String common = prefix(choice.branches().getFirst());
        for (RegexNode branch : choice.branches()) {
          String other = prefix(branch);
          int length = 0;
          while (length < Math.min(common.length(), other.length())
              && common.charAt(length) == other.charAt(length)) {
            length++;
          }
          common = common.substring(0, length);
        }
        yield common;
      }
      case RegexNode.Repeat repeat -> repeat.min() > 0 ? prefix(repeat.body()) : "";
      case RegexNode.Empty _, RegexNode.AnyChar _, RegexNode.CharClass _ -> "";
    };
  }
}
