package io.narthex.tsdb.index;

import io.narthex.model.labels.MatchType;
import io.narthex.model.labels.Matcher;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Finds the series that all matchers accept.
 *
 * <p>A matcher that refuses the empty string picks series by their values; one that accepts it also
 * accepts series without the label, so the series with refused values are taken away instead.
 * Values are looked up where the matcher allows (equality, alternations), else tried from the
 * literal prefix on.
 */
public final class PostingsSelector {
  private final PostingsSource source;
  private final List<int[]> picked = new ArrayList<>();
  private final List<int[]> removed = new ArrayList<>();

  private PostingsSelector(PostingsSource source) {
    this.source = source;
  }

  /** The numbers of the series, ascending; all where there are no matchers. */
  public static int[] select(PostingsSource source, List<Matcher> matchers) {
    PostingsSelector selector = new PostingsSelector(source);
    for (Matcher matcher : matchers) {
      if (!selector.add(matcher)) {
        return Postings.NONE;
      }
    }
    return selector.result();
  }

  /** False where nothing can match any more. */
  private boolean add(Matcher matcher) {
    if (matchesEverything(matcher)) {
      return true;
    }
    if (matcher.type() == MatchType.NOT_REGEX && matcher.value().equals(".*")) {
      return false;
    }
    if (matcher.matchesEmpty()) {
      removed.add(refused(matcher));
      return true;
    }
    int[] accepted = accepted(matcher);
    picked.add(accepted);
    return accepted.length > 0;
  }

  private static boolean matchesEverything(Matcher matcher) {
    return matcher.type() == MatchType.REGEX && matcher.value().equals(".*");
  }

  /** Series with a value that a matcher accepts which refuses the empty string. */
  private int[] accepted(Matcher matcher) {
    String name = matcher.name();
    return switch (matcher.type()) {
      case EQUAL -> source.with(name, matcher.value());
      case REGEX -> byRegex(matcher);
      case NOT_EQUAL ->
          matcher.value().isEmpty()
              ? source.withName(name)
              : source.withMatching(name, "", matcher::matches);
      case NOT_REGEX ->
          matcher.value().isEmpty()
              ? source.withName(name)
              : source.withMatching(name, "", matcher::matches);
    };
  }

  /** Series with a value that a matcher refuses which accepts the empty string. */
  private int[] refused(Matcher matcher) {
    String name = matcher.name();
    return switch (matcher.type()) {
      case NOT_EQUAL -> source.with(name, matcher.value());
      case NOT_REGEX -> byRegex(matcher.inverse());
      case EQUAL -> source.withName(name);
      case REGEX ->
          matcher.value().isEmpty()
              ? source.withName(name)
              : source.withMatching(name, "", value -> !matcher.matches(value));
    };
  }

  private int[] byRegex(Matcher regex) {
    if (regex.value().equals(".+")) {
      return source.withName(regex.name());
    }
    Optional<List<String>> set = regex.regex().setMatches();
    if (set.isPresent()) {
      return source.withAny(regex.name(), set.get());
    }
    return source.withMatching(regex.name(), regex.regex().prefix(), regex::matches);
  }

  private int[] result() {
    int[] result = picked.isEmpty() ? source.all() : Postings.intersect(picked);
    for (int[] list : removed) {
      result = Postings.without(result, list);
    }
    return result;
  }
}
