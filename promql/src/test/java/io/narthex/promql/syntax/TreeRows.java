package io.narthex.promql.syntax;

import io.narthex.model.labels.Matcher;
import io.narthex.promql.syntax.DurationExpr.Arithmetic;
import io.narthex.promql.syntax.DurationExpr.Extreme;
import io.narthex.promql.syntax.DurationExpr.Literal;
import io.narthex.promql.syntax.DurationExpr.Negation;
import io.narthex.promql.syntax.DurationExpr.Paren;
import io.narthex.promql.syntax.DurationExpr.QueryRange;
import io.narthex.promql.syntax.DurationExpr.Step;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Our tree in the shape of the conformance rows: absent where zero, positions as there. */
final class TreeRows {
  private TreeRows() {}

  static Map<String, Object> of(Expr expr) {
    return switch (expr) {
      case NumberLiteral number -> number(number.value(), number.duration(), number.position());
      case StringLiteral string ->
          node("StringLiteral", "Val", string.value(), "PosRange", range(string.position()));
      case ParenExpr paren ->
          node("ParenExpr", "Expr", of(paren.expr()), "PosRange", range(paren.position()));
      case UnaryExpr unary ->
          node(
              "UnaryExpr",
              "Op",
              unary.negative() ? "-" : "+",
              "Expr",
              of(unary.expr()),
              "StartPos",
              number(unary.position().start()));
      case BinaryExpr binary -> binary(binary);
      case AggregateExpr aggregate -> aggregate(aggregate);
      case Call call ->
          node(
              "Call",
              "Func",
              call.name(),
              "Args",
              call.arguments().isEmpty()
                  ? ""
                  : call.arguments().stream().map(TreeRows::of).toList(),
              "PosRange",
              range(call.position()));
      case VectorSelector selector -> vector(selector, selector.position());
      case MatrixSelector matrix -> matrix(matrix);
      case SubqueryExpr subquery -> subquery(subquery);
    };
  }

  private static Map<String, Object> number(
      double value, boolean duration, PositionRange position) {
    Object text =
        Double.isNaN(value)
            ? "NaN"
            : Double.isInfinite(value) ? (value > 0 ? "+Inf" : "-Inf") : (Object) value;
    Map<String, Object> node =
        node("NumberLiteral", "Duration", duration, "PosRange", range(position));
    node.put("Val", text);
    return node;
  }

  private static Map<String, Object> binary(BinaryExpr binary) {
    VectorMatching matching = binary.matching();
    Map<String, Object> row = new LinkedHashMap<>();
    if (matching.cardinality() != VectorMatching.Cardinality.ONE_TO_ONE) {
      row.put("Card", matching.cardinality().toString());
    }
    put(row, "MatchingLabels", matching.labels());
    put(row, "On", matching.on());
    put(row, "Include", matching.include());
    Map<String, Object> node =
        node(
            "BinaryExpr",
            "Op",
            binary.operator().symbol(),
            "LHS",
            of(binary.left()),
            "RHS",
            of(binary.right()),
            "ReturnBool",
            binary.returnBool());
    put(node, "VectorMatching", row);
    return node;
  }

  private static Map<String, Object> aggregate(AggregateExpr aggregate) {
    Map<String, Object> node =
        node(
            "AggregateExpr",
            "Op",
            aggregate.operator().toString(),
            "Expr",
            of(aggregate.expr()),
            "Grouping",
            aggregate.grouping(),
            "Without",
            aggregate.without(),
            "PosRange",
            range(aggregate.position()));
    aggregate.parameter().ifPresent(parameter -> node.put("Param", of(parameter)));
    return node;
  }

  private static Map<String, Object> vector(VectorSelector selector, PositionRange position) {
    List<Object> matchers = new ArrayList<>();
    for (Matcher matcher : selector.matchers()) {
      matchers.add(
          Map.of(
              "name", matcher.name(), "op", matcher.type().operator(), "value", matcher.value()));
    }
    Map<String, Object> node =
        node(
            "VectorSelector",
            "Name",
            selector.name(),
            "LabelMatchers",
            matchers,
            "Anchored",
            selector.anchored(),
            "Smoothed",
            selector.smoothed(),
            "PosRange",
            range(position));
    putDuration(node, "OriginalOffset", "OriginalOffsetExpr", selector.offset());
    putAt(node, selector.at());
    return node;
  }

  private static Map<String, Object> matrix(MatrixSelector matrix) {
    Map<String, Object> node =
        node(
            "MatrixSelector",
            "VectorSelector",
            vector(matrix.selector(), matrix.selector().position()),
            "EndPos",
            number(matrix.position().end()));
    putDuration(node, "Range", "RangeExpr", matrix.range());
    return node;
  }

  private static Map<String, Object> subquery(SubqueryExpr subquery) {
    Map<String, Object> node =
        node(
            "SubqueryExpr",
            "Expr",
            of(subquery.expr()),
            "EndPos",
            number(subquery.position().end()));
    putDuration(node, "Range", "RangeExpr", subquery.range());
    putDuration(node, "Step", "StepExpr", subquery.step());
    putDuration(node, "OriginalOffset", "OriginalOffsetExpr", subquery.offset());
    putAt(node, subquery.at());
    return node;
  }

  private static void putAt(Map<String, Object> node, AtModifier at) {
    switch (at.kind()) {
      case NONE -> {}
      case TIMESTAMP -> node.put("Timestamp", (double) at.timestampMillis());
      case START -> node.put("StartOrEnd", "start");
      case END -> node.put("StartOrEnd", "end");
    }
  }

  private static void putDuration(
      Map<String, Object> node, String plain, String computed, DurationExpr duration) {
    if (duration instanceof Literal literal) {
      put(node, plain, (double) literal.nanos());
    } else {
      node.put(computed, of(duration));
    }
  }

  private static Map<String, Object> of(DurationExpr duration) {
    return switch (duration) {
      case Literal(var seconds, var written, var position) -> number(seconds, written, position);
      case Step(var position) -> call("step", position);
      case QueryRange(var position) -> call("range", position);
      case Extreme(var max, var left, var right, var position) -> {
        Map<String, Object> node = call(max ? "max_of" : "min_of", position);
        node.put("LHS", of(left));
        node.put("RHS", of(right));
        yield node;
      }
      case Negation(var operand, var position) ->
          node("DurationExpr", "Op", "-", "RHS", of(operand), "StartPos", number(position.start()));
      case Arithmetic(var operator, var left, var right, _) ->
          node("DurationExpr", "Op", operator.symbol(), "LHS", of(left), "RHS", of(right));
      case Paren(var operand, var position) -> {
        if (operand instanceof Literal) {
          Map<String, Object> node = call("+", position);
          node.put("RHS", of(operand));
          node.put("Wrapped", true);
          yield node;
        }
        Map<String, Object> node = of(operand);
        node.put("Wrapped", true);
        yield node;
      }
    };
  }

  private static Map<String, Object> call(String name, PositionRange position) {
    return node(
        "DurationExpr",
        "Op",
        name,
        "StartPos",
        number(position.start()),
        "EndPos",
        number(position.end()));
  }

  private static Double number(int value) {
    return (double) value;
  }

  private static List<Double> range(PositionRange position) {
    return List.of((double) position.start(), (double) position.end());
  }

  private static Map<String, Object> node(String type, Object... namesAndValues) {
    Map<String, Object> node = new LinkedHashMap<>();
    node.put("node", type);
    for (int i = 0; i < namesAndValues.length; i += 2) {
      put(node, (String) namesAndValues[i], namesAndValues[i + 1]);
    }
    return node;
  }

  private static void put(Map<String, Object> node, String name, Object value) {
    boolean zero = value.equals(0.0) || value.equals(false) || value.equals("");
    if (!zero && !value.equals(List.of()) && !value.equals(Map.of())) {
      node.put(name, value);
    }
  }
}
