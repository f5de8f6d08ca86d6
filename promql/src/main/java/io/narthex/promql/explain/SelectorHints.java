package io.narthex.promql.explain;

import io.narthex.model.labels.Labels;
import io.narthex.model.labels.MatchType;
import io.narthex.model.labels.Matcher;
import io.narthex.promql.exec.Execution;
import io.narthex.promql.exec.selector.Selection;
import io.narthex.promql.exec.trace.PlanNode;
import io.narthex.promql.syntax.PositionRange;
import io.narthex.storage.SelectHints;
import java.util.ArrayList;
import java.util.List;

/** What there is to say about a selector: its matchers, and what they find. */
final class SelectorHints {
  private static final int MANY_SERIES = 10_000;
  private static final int MAX_TRIED = 8;

  private final Hints hints;
  private final QueryText query;
  private final Execution execution;

  SelectorHints(Hints hints, QueryText query, Execution execution) {
    this.hints = hints;
    this.query = query;
    this.execution = execution;
  }

  void look(PlanNode node, Selected seen) {
    Selection selection = node.selection().orElseThrow();
    PositionRange position = node.expr().position();
    boolean everything = true;
    for (Matcher matcher : selection.matchers()) {
      everything &= MatcherShape.isUniversal(matcher) || MatcherShape.isAnyName(matcher);
      matcher(matcher, query.matcher(matcher, position));
    }
    if (everything) {
      hints.add(
          Hint.Kind.MATCHES_EVERYTHING,
          position,
          "this selects every series of the database; name a metric");
    }
    if (seen.series() == 0) {
      nothingFound(selection, position);
    } else if (seen.series() >= MANY_SERIES) {
      hints.add(
          Hint.Kind.MANY_SERIES,
          position,
          "this reads "
              + seen.series()
              + " series; narrow the matchers, or record the aggregation by a rule");
    }
  }

  private void matcher(Matcher matcher, PositionRange position) {
    if (MatcherShape.isUniversal(matcher)) {
      hints.add(
          Hint.Kind.MATCHES_EVERYTHING,
          position,
          matcher + " matches every series, also those without the label; leave it out");
      return;
    }
    if (matcher.type() != MatchType.REGEX && matcher.type() != MatchType.NOT_REGEX) {
      return;
    }
    MatcherShape.literal(matcher.value())
        .ifPresent(
            literal ->
                hints.add(
                    Hint.Kind.LITERAL_REGEX,
                    position,
                    matcher
                        + " compares with the whole value, as expressions are anchored: write "
                        + Matcher.of(
                            matcher.type() == MatchType.REGEX
                                ? MatchType.EQUAL
                                : MatchType.NOT_EQUAL,
                            matcher.name(),
                            literal)
                        + ", or put .* around it to find it inside of values"));
    if (MatcherShape.hasAnchors(matcher.value())
        && MatcherShape.literal(matcher.value()).isEmpty()) {
      hints.add(
          Hint.Kind.ANCHORED_REGEX,
          position,
          matcher + " is anchored at both ends without ^ and $; leave them out");
    }
  }

  /** Finds out which condition is to blame. */
  private void nothingFound(Selection selection, PositionRange position) {
    List<Matcher> matchers = selection.matchers();
    for (int i = 0; i < Math.min(MAX_TRIED, matchers.size()); i++) {
      Matcher left = matchers.get(i);
      List<Matcher> others = new ArrayList<>(matchers);
      others.remove(i);
      int found = others.isEmpty() ? 0 : count(selection, others);
      if (found > 0) {
        boolean name = left.name().equals(Labels.METRIC_NAME);
        hints.add(
            Hint.Kind.NO_SERIES,
            name ? position : query.matcher(left, position),
            "no series matches in this time; without " + left + " there are " + found);
        return;
      }
    }
    hints.add(
        Hint.Kind.NO_SERIES,
        position,
        "no series matches in this time; check the name and the time range");
  }

  private int count(Selection selection, List<Matcher> matchers) {
    SelectHints range = SelectHints.range(selection.hints().start(), selection.hints().end());
    boolean selective = matchers.stream().anyMatch(matcher -> !matcher.matchesEmpty());
    return selective ? execution.select(range, matchers).size() : 0;
  }
}
