package io.narthex.promql.explain;

import io.narthex.model.labels.Matcher;
import io.narthex.promql.exec.aggregation.CountValuesOperator;
import io.narthex.promql.exec.aggregation.FoldOperator;
import io.narthex.promql.exec.aggregation.SelectingOperator;
import io.narthex.promql.exec.binary.JoinOperator;
import io.narthex.promql.exec.selector.Selection;
import io.narthex.promql.exec.subquery.StepInvariant;
import io.narthex.promql.exec.trace.Measure;
import io.narthex.promql.exec.trace.PlanNode;
import io.narthex.promql.plan.JoinMatchers;
import io.narthex.promql.syntax.AggregateExpr;
import io.narthex.promql.syntax.BinaryExpr;
import io.narthex.promql.syntax.Call;
import io.narthex.promql.syntax.MatrixSelector;
import io.narthex.promql.syntax.NumberLiteral;
import io.narthex.promql.syntax.ParenExpr;
import io.narthex.promql.syntax.Printer;
import io.narthex.promql.syntax.StringLiteral;
import io.narthex.promql.syntax.SubqueryExpr;
import io.narthex.promql.syntax.UnaryExpr;
import io.narthex.promql.syntax.ValueType;
import io.narthex.promql.syntax.VectorSelector;
import io.narthex.storage.SelectHints;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Puts the tree of operators into words and numbers. */
final class Explainer {
  private final QueryText query;
  private final Estimates estimates;
  private final boolean analyzed;

  Explainer(QueryText query, Estimates estimates, boolean analyzed) {
    this.query = query;
    this.estimates = estimates;
    this.analyzed = analyzed;
  }

  ExplainedOperator explained(PlanNode node) {
    List<ExplainedOperator> inputs = new ArrayList<>();
    for (PlanNode input : node.inputs()) {
      inputs.add(explained(input));
    }
    return new ExplainedOperator(
        kind(node),
        query.part(node.expr().position()),
        node.expr().position(),
        details(node),
        node.grid().steps(),
        estimates.estimate(node),
        analyzed ? Optional.of(actual(node)) : Optional.empty(),
        List.copyOf(inputs));
  }

  private ExplainedOperator.Actual actual(PlanNode node) {
    Measure measure = node.measure();
    long seriesIn = 0;
    for (PlanNode input : node.inputs()) {
      seriesIn += Math.max(0, input.measure().series());
    }
    return new ExplainedOperator.Actual(
        seriesIn,
        Math.max(0, measure.series()),
        measure.filled(),
        measure.samplesOut(),
        measure.decoded(),
        measure.chunks(),
        measure.looked(),
        measure.read(),
        measure.wallNanos(),
        measure.cpuNanos(),
        measure.heldBytes(),
        estimates.isRepeated(node) ? 1 : 0);
  }

  private static String kind(PlanNode node) {
    if (node.built().filter(StepInvariant.class::isInstance).isPresent()) {
      return "step invariant";
    }
    return switch (node.expr()) {
      case VectorSelector _ -> "instant selector";
      case MatrixSelector _ -> "range selector";
      case SubqueryExpr _ -> "subquery";
      case AggregateExpr _ -> "aggregation";
      case BinaryExpr binary -> binaryKind(binary);
      case Call call -> takesRange(call) ? "range function" : "function";
      case UnaryExpr _ -> "negation";
      case NumberLiteral _ -> "number";
      case StringLiteral _ -> "string";
      case ParenExpr _ -> "parentheses";
    };
  }

  private static String binaryKind(BinaryExpr binary) {
    if (binary.isVectorToVector()) {
      return binary.operator().isSet() ? "set operation" : "join";
    }
    return binary.type() == ValueType.SCALAR ? "scalar operation" : "vector with scalar";
  }

  private static boolean takesRange(Call call) {
    return call.arguments().stream().anyMatch(argument -> argument.type() == ValueType.MATRIX);
  }

  private Map<String, String> details(PlanNode node) {
    Map<String, String> details = new LinkedHashMap<>();
    switch (node.expr()) {
      case Call call -> details.put("function", call.name());
      case AggregateExpr aggregate -> {
        details.put("operator", Printer.aggregationHead(aggregate).strip());
        aggregationMethod(node).ifPresent(method -> details.put("method", method));
      }
      case BinaryExpr binary -> {
        details.put("operator", Printer.operatorAndMatching(binary).strip());
        if (binary.isVectorToVector()) {
          details.put("cardinality", binary.matching().cardinality().toString());
          JoinMatchers added = JoinMatchers.of(binary);
          matchers(details, "narrowsLeft", added.left());
          matchers(details, "narrowsRight", added.right());
        }
        joinMethod(node).ifPresent(method -> details.put("method", method));
      }
      default -> {}
    }
    node.selection().ifPresent(selection -> storage(details, selection));
    if (estimates.isRepeated(node)) {
      details.put("lookup", "shared with an identical selector");
    }
    return details;
  }

  private static Optional<String> aggregationMethod(PlanNode node) {
    return node.built()
        .map(
            operator ->
                switch (operator) {
                  case FoldOperator _ -> "folds series as they stream by";
                  case SelectingOperator _ -> "picks among series";
                  case CountValuesOperator _ -> "counts values";
                  default -> "";
                })
        .filter(method -> !method.isEmpty());
  }

  private Optional<String> joinMethod(PlanNode node) {
    if (analyzed && node.built().orElse(null) instanceof JoinOperator join) {
      return Optional.of(join.isStepwise() ? "step by step" : "pairs of series");
    }
    return Optional.empty();
  }

  /** What storage is asked for, with what around the selector it is told of. */
  private static void storage(Map<String, String> details, Selection selection) {
    SelectHints hints = selection.hints();
    details.put("matchers", text(selection.matchers()));
    details.put("startMillis", Long.toString(hints.start()));
    details.put("endMillis", Long.toString(hints.end()));
    if (hints.rangeMillis() > 0) {
      details.put("rangeMillis", Long.toString(hints.rangeMillis()));
    }
    if (!hints.function().isEmpty()) {
      details.put("pushed", pushed(hints));
    }
  }

  private static void matchers(Map<String, String> details, String key, List<Matcher> matchers) {
    if (!matchers.isEmpty()) {
      details.put(key, text(matchers));
    }
  }

  private static String text(List<Matcher> matchers) {
    return matchers.stream().map(Matcher::toString).collect(Collectors.joining(", ", "{", "}"));
  }

  private static String pushed(SelectHints hints) {
    if (hints.grouping().isEmpty()) {
      return hints.function();
    }
    return hints.function()
        + (hints.by() ? " by (" : " without (")
        + String.join(", ", hints.grouping())
        + ")";
  }
}
