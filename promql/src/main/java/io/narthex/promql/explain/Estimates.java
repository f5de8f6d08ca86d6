package io.narthex.promql.explain;

import io.narthex.model.labels.Matcher;
import io.narthex.promql.exec.selector.Selection;
import io.narthex.promql.exec.trace.PlanNode;
import io.narthex.promql.syntax.AggregateExpr;
import io.narthex.promql.syntax.BinaryExpr;
import io.narthex.promql.syntax.BinaryOperator;
import io.narthex.promql.syntax.Call;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * What can be told of each operator before it runs. Series are looked up, which a query does too;
 * where labels tell what becomes of them, the numbers are exact.
 */
final class Estimates {
  private static final ExplainedOperator.Estimate NOTHING =
      new ExplainedOperator.Estimate(OptionalLong.empty(), false, OptionalLong.empty());

  /** Functions whose label sets depend on values, or on other series. */
  private static final Set<String> BY_VALUE =
      Set.of(
          "info",
          "sort",
          "sort_desc",
          "sort_by_label",
          "sort_by_label_desc",
          "histogram_quantile",
          "histogram_quantiles",
          "histogram_fraction");

  private record Lookup(List<Matcher> matchers, long start, long end) {}

  private final Map<PlanNode, ExplainedOperator.Estimate> estimates = new IdentityHashMap<>();
  private final Map<PlanNode, Selected> selected = new IdentityHashMap<>();
  private final Set<Lookup> lookups = new HashSet<>();
  private final Set<PlanNode> repeated = Collections.newSetFromMap(new IdentityHashMap<>());

  private Estimates() {}

  /** Looks at an operator and all its inputs; the storage is open. */
  static Estimates of(PlanNode root) {
    Estimates estimates = new Estimates();
    estimates.visit(root);
    return estimates;
  }

  ExplainedOperator.Estimate estimate(PlanNode node) {
    return estimates.getOrDefault(node, NOTHING);
  }

  /** What was seen of the series of a node that reads from storage. */
  Optional<Selected> selected(PlanNode node) {
    return Optional.ofNullable(selected.get(node));
  }

  /** Whether the same series had been looked up for a part further left. */
  boolean isRepeated(PlanNode node) {
    return repeated.contains(node);
  }

  private void visit(PlanNode node) {
    boolean byLabels = true;
    for (PlanNode input : node.inputs()) {
      visit(input);
      byLabels &= estimate(input).exact();
    }
    OptionalLong samples = OptionalLong.empty();
    if (node.selection().isPresent()) {
      Selected seen = Selected.of(node, node.selection().get());
      selected.put(node, seen);
      samples = seen.samples() < 0 ? OptionalLong.empty() : OptionalLong.of(seen.samples());
      noteLookup(node, node.selection().get());
    }
    boolean exact = byLabels && !dependsOnValues(node);
    OptionalLong series = exact ? OptionalLong.of(node.series().size()) : atMost(node);
    estimates.put(node, new ExplainedOperator.Estimate(series, exact, samples));
  }

  private void noteLookup(PlanNode node, Selection selection) {
    Lookup lookup =
        new Lookup(selection.matchers(), selection.hints().start(), selection.hints().end());
    if (!lookups.add(lookup)) {
      repeated.add(node);
    }
  }

  private static boolean dependsOnValues(PlanNode node) {
    return switch (node.expr()) {
      case AggregateExpr aggregate ->
          switch (aggregate.operator()) {
            case TOPK, BOTTOMK, LIMITK, LIMIT_RATIO, COUNT_VALUES -> true;
            case SUM, AVG, MIN, MAX, COUNT, GROUP, STDDEV, STDVAR, QUANTILE -> false;
          };
      case BinaryExpr binary -> binary.isVectorToVector() && !binary.operator().isSet();
      case Call call -> BY_VALUE.contains(call.name());
      default -> false;
    };
  }

  /** A bound from those of the inputs. */
  private OptionalLong atMost(PlanNode node) {
    List<PlanNode> inputs = node.inputs();
    if (inputs.isEmpty()) {
      return OptionalLong.empty();
    }
    OptionalLong first = estimate(inputs.getFirst()).series();
    OptionalLong last = estimate(inputs.getLast()).series();
    return switch (node.expr()) {
      case BinaryExpr binary when binary.isVectorToVector() ->
          first.isEmpty() || last.isEmpty()
              ? OptionalLong.empty()
              : OptionalLong.of(join(binary, first.getAsLong(), last.getAsLong()));
      case BinaryExpr _ -> first.isEmpty() || last.isEmpty() ? last : max(first, last);
      case AggregateExpr aggregate -> groups(aggregate, last);
      default -> last;
    };
  }

  private static OptionalLong max(OptionalLong a, OptionalLong b) {
    return OptionalLong.of(Math.max(a.getAsLong(), b.getAsLong()));
  }

  private static OptionalLong groups(AggregateExpr aggregate, OptionalLong input) {
    return switch (aggregate.operator()) {
      case COUNT_VALUES -> OptionalLong.empty();
      case TOPK, BOTTOMK, LIMITK, LIMIT_RATIO -> input;
      case SUM, AVG, MIN, MAX, COUNT, GROUP, STDDEV, STDVAR, QUANTILE ->
          aggregate.grouping().isEmpty() && !aggregate.without() ? OptionalLong.of(1) : input;
    };
  }

  private static long join(BinaryExpr binary, long left, long right) {
    if (binary.operator().isSet()) {
      return binary.operator() == BinaryOperator.OR ? left + right : left;
    }
    if (binary.matching().fills()) {
      return left + right;
    }
    return switch (binary.matching().cardinality()) {
      case ONE_TO_ONE -> Math.min(left, right);
      case MANY_TO_ONE -> left;
      case ONE_TO_MANY, MANY_TO_MANY -> right;
    };
  }
}
