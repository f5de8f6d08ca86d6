package io.narthex.promql.explain;

import io.narthex.model.time.PromDuration;
import io.narthex.promql.exec.Execution;
import io.narthex.promql.exec.trace.PlanNode;
import io.narthex.promql.syntax.PositionRange;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Collects what there is to say about a query. */
final class Hints {
  private final Set<Hint> found = new LinkedHashSet<>();

  private Hints() {}

  static List<Hint> of(
      PlanNode root, QueryText query, Estimates estimates, Execution execution, MetricTypes types) {
    Hints hints = new Hints();
    SelectorHints selectors = new SelectorHints(hints, query, execution);
    RateHints rates = new RateHints(hints, estimates, types);
    JoinHints joins = new JoinHints(hints, estimates);
    hints.visit(root, estimates, selectors, rates, joins);
    List<Hint> sorted = new ArrayList<>(hints.found);
    sorted.sort(Comparator.comparingInt(hint -> hint.position().start()));
    return sorted;
  }

  void add(Hint.Kind kind, PositionRange position, String text) {
    found.add(new Hint(kind, text, position));
  }

  private void visit(
      PlanNode node,
      Estimates estimates,
      SelectorHints selectors,
      RateHints rates,
      JoinHints joins) {
    estimates.selected(node).ifPresent(seen -> selectors.look(node, seen));
    rates.look(node);
    joins.look(node);
    for (PlanNode input : node.inputs()) {
      visit(input, estimates, selectors, rates, joins);
    }
  }

  /** A duration as one writes it: {@code 15s}. */
  static String duration(long millis) {
    return PromDuration.format(millis);
  }
}
