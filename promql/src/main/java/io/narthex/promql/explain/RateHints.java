package io.narthex.promql.explain;

import io.narthex.model.labels.GoQuote;
import io.narthex.model.labels.Labels;
import io.narthex.model.labels.MatchType;
import io.narthex.model.labels.Matcher;
import io.narthex.promql.exec.selector.Selection;
import io.narthex.promql.exec.trace.PlanNode;
import io.narthex.promql.syntax.Call;
import io.narthex.promql.syntax.MatrixSelector;
import io.narthex.promql.syntax.PositionRange;
import java.util.Optional;
import java.util.Set;

/** What there is to say about functions over ranges: is it a counter, is the range long enough. */
final class RateHints {
  private static final Set<String> FOR_COUNTERS = Set.of("rate", "increase", "irate");
  private static final Set<String> NEED_TWO =
      Set.of("rate", "increase", "irate", "delta", "idelta", "deriv", "predict_linear");

  /** One fall in four changes is more than restarts explain. */
  private static final int CHANGES_PER_FALL = 4;

  private static final int FEW = 4;

  private final Hints hints;
  private final Estimates estimates;
  private final MetricTypes types;

  RateHints(Hints hints, Estimates estimates, MetricTypes types) {
    this.hints = hints;
    this.estimates = estimates;
    this.types = types;
  }

  void look(PlanNode node) {
    if (!(node.expr() instanceof Call call)) {
      return;
    }
    for (PlanNode input : node.inputs()) {
      if (input.expr() instanceof MatrixSelector matrix) {
        estimates
            .selected(input)
            .ifPresent(
                seen -> {
                  Selection selection = input.selection().orElseThrow();
                  range(call, matrix, selection, seen);
                  if (FOR_COUNTERS.contains(call.name())) {
                    counter(call, matrix, selection, seen);
                  }
                });
      }
    }
  }

  private void range(Call call, MatrixSelector matrix, Selection selection, Selected seen) {
    long range = selection.hints().rangeMillis();
    long spacing = seen.spacingMillis();
    boolean extended = matrix.selector().anchored() || matrix.selector().smoothed();
    if (NEED_TWO.contains(call.name()) && !extended && spacing > 0 && range < 2 * spacing) {
      hints.add(
          Hint.Kind.SHORT_RANGE,
          matrix.position(),
          "the range of "
              + Hints.duration(range)
              + " is shorter than two scrape intervals, as samples are "
              + Hints.duration(spacing)
              + " apart: "
              + call.name()
              + "() needs two samples in it; use at least "
              + Hints.duration(4 * spacing));
    }
  }

  private void counter(Call call, MatrixSelector matrix, Selection selection, Selected seen) {
    String name = metric(selection).orElse("");
    String type = name.isEmpty() ? "" : types.typeOf(name);
    if (type.equals("gauge")) {
      tell(call, matrix.position(), "the metadata of " + GoQuote.quote(name) + " says gauge");
      return;
    }
    boolean known = !type.isEmpty() && !type.equals("unknown");
    if (known || hasCounterName(name) || seen.hasHistograms()) {
      return;
    }
    int changes = seen.rises() + seen.falls();
    if (changes >= FEW && seen.falls() * CHANGES_PER_FALL >= changes) {
      tell(
          call,
          matrix.position(),
          "of "
              + changes
              + " changes of value "
              + seen.falls()
              + " go down, as a gauge's do and a counter's only at a restart");
    }
  }

  private void tell(Call call, PositionRange position, String reason) {
    hints.add(
        Hint.Kind.RATE_OF_GAUGE,
        position,
        call.name()
            + "() takes every fall of a value for a counter reset: "
            + reason
            + "; use deriv() or delta() for gauges");
  }

  private static Optional<String> metric(Selection selection) {
    for (Matcher matcher : selection.matchers()) {
      if (matcher.name().equals(Labels.METRIC_NAME) && matcher.type() == MatchType.EQUAL) {
        return Optional.of(matcher.value());
      }
    }
    return Optional.empty();
  }

  private static boolean hasCounterName(String name) {
    return name.endsWith("_total")
        || name.endsWith("_sum")
        || name.endsWith("_count")
        || name.endsWith("_bucket");
  }
}
