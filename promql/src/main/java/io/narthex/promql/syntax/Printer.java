package io.narthex.promql.syntax;

import io.narthex.model.labels.GoQuote;
import io.narthex.model.labels.LabelName;
import io.narthex.model.labels.Labels;
import io.narthex.model.labels.MatchType;
import io.narthex.model.labels.Matcher;
import io.narthex.model.labels.Utf8Order;
import io.narthex.model.time.PromDuration;
import io.narthex.model.value.GoFloat;
import io.narthex.promql.syntax.VectorMatching.Cardinality;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/** Writes trees in the canonical one-line form, which parses to the same tree again. */
public final class Printer {
  private final StringBuilder out = new StringBuilder(128);

  private Printer() {}

  public static String print(Expr expr) {
    Printer printer = new Printer();
    printer.expr(expr);
    return printer.out.toString();
  }

  static String print(DurationExpr duration) {
    Printer printer = new Printer();
    printer.duration(duration);
    return printer.out.toString();
  }

  /** {@code sum by (job) } or {@code sum}: what stands before an aggregation's parenthesis. */
  public static String aggregationHead(AggregateExpr expr) {
    Printer printer = new Printer();
    printer.head(expr);
    return printer.out.toString();
  }

  /** {@code + bool on (job) group_left ()}: what stands between the sides. */
  public static String operatorAndMatching(BinaryExpr expr) {
    Printer printer = new Printer();
    printer.operator(expr);
    return printer.out.toString();
  }

  /** {@code [5m:1m] @ 10.000 offset 1h}: what stands behind a subquery's expression. */
  static String subquerySuffix(SubqueryExpr expr) {
    Printer printer = new Printer();
    printer.suffix(expr);
    return printer.out.toString();
  }

  private void expr(Expr expr) {
    switch (expr) {
      case NumberLiteral number -> number(number.value(), number.duration());
      case StringLiteral string -> GoQuote.append(out, string.value());
      case VectorSelector selector -> vector(selector);
      case MatrixSelector selector -> matrix(selector);
      case SubqueryExpr subquery -> {
        expr(subquery.expr());
        suffix(subquery);
      }
      case ParenExpr paren -> {
        out.append('(');
        expr(paren.expr());
        out.append(')');
      }
      case UnaryExpr unary -> {
        out.append(unary.negative() ? '-' : '+');
        expr(unary.expr());
      }
      case BinaryExpr binary -> binary(binary);
      case AggregateExpr aggregate -> aggregate(aggregate);
      case Call call -> {
        out.append(call.name()).append('(');
        for (int i = 0; i < call.arguments().size(); i++) {
          out.append(i == 0 ? "" : ", ");
          expr(call.arguments().get(i));
        }
        out.append(')');
      }
    }
  }

  /** Chains of operators lean to the left and can be long, so that side is walked in a loop. */
  private void binary(BinaryExpr top) {
    ArrayDeque<BinaryExpr> chain = new ArrayDeque<>();
    Expr leftmost = top;
    while (leftmost instanceof BinaryExpr binary) {
      chain.push(binary);
      leftmost = binary.left();
    }
    expr(leftmost);
    for (BinaryExpr binary : chain) {
      out.append(' ');
      operator(binary);
      out.append(' ');
      expr(binary.right());
    }
  }

  private void operator(BinaryExpr expr) {
    out.append(expr.operator().symbol());
    if (expr.returnBool()) {
      out.append(" bool");
    }
    VectorMatching matching = expr.matching();
    boolean grouped =
        matching.cardinality() == Cardinality.MANY_TO_ONE
            || matching.cardinality() == Cardinality.ONE_TO_MANY;
    if (!matching.labels().isEmpty() || matching.on() || grouped) {
      out.append(matching.on() ? " on (" : " ignoring (");
      labels(matching.labels());
      out.append(')');
    }
    if (grouped) {
      boolean left = matching.cardinality() == Cardinality.MANY_TO_ONE;
      out.append(left ? " group_left (" : " group_right (");
      labels(matching.include());
      out.append(')');
    }
    fill(matching);
  }

  private void fill(VectorMatching matching) {
    boolean both = matching.fillLeft().isPresent() && matching.fillRight().isPresent();
    if (both && matching.fillLeft().getAsDouble() == matching.fillRight().getAsDouble()) {
      fill("fill", matching.fillLeft().getAsDouble());
      return;
    }
    if (matching.fillLeft().isPresent()) {
      fill("fill_left", matching.fillLeft().getAsDouble());
    }
    if (matching.fillRight().isPresent()) {
      fill("fill_right", matching.fillRight().getAsDouble());
    }
  }

  private void fill(String keyword, double value) {
    out.append(' ').append(keyword).append(" (").append(GoFloat.shortest(value)).append(')');
  }

  private void aggregate(AggregateExpr expr) {
    head(expr);
    out.append('(');
    if (expr.parameter().isPresent()) {
      expr(expr.parameter().get());
      out.append(", ");
    }
    expr(expr.expr());
    out.append(')');
  }

  private void head(AggregateExpr expr) {
    out.append(expr.operator());
    if (expr.without() || !expr.grouping().isEmpty()) {
      out.append(expr.without() ? " without (" : " by (");
      labels(expr.grouping());
      out.append(") ");
    }
  }

  private void labels(List<String> names) {
    for (int i = 0; i < names.size(); i++) {
      out.append(i == 0 ? "" : ", ");
      if (LabelName.isLegacy(names.get(i))) {
        out.append(names.get(i));
      } else {
        GoQuote.append(out, names.get(i));
      }
    }
  }

  private void vector(VectorSelector selector) {
    nameAndMatchers(selector);
    at(selector.at());
    extension(selector);
    offset(selector.offset());
  }

  private void matrix(MatrixSelector matrix) {
    VectorSelector selector = matrix.selector();
    nameAndMatchers(selector);
    out.append('[');
    duration(matrix.range());
    out.append(']');
    extension(selector);
    at(selector.at());
    offset(selector.offset());
  }

  private void extension(VectorSelector selector) {
    if (selector.anchored()) {
      out.append(" anchored");
    } else if (selector.smoothed()) {
      out.append(" smoothed");
    }
  }

  private void nameAndMatchers(VectorSelector selector) {
    out.append(selector.name());
    List<String> matchers = new ArrayList<>(selector.matchers().size());
    for (Matcher matcher : selector.matchers()) {
      boolean isTheName =
          matcher.type() == MatchType.EQUAL
              && matcher.name().equals(Labels.METRIC_NAME)
              && matcher.value().equals(selector.name());
      if (!isTheName || selector.name().isEmpty()) {
        matchers.add(matcher.toString());
      }
    }
    if (!matchers.isEmpty()) {
      matchers.sort(Utf8Order::compare);
      out.append('{').append(String.join(",", matchers)).append('}');
    }
  }

  private void suffix(SubqueryExpr subquery) {
    out.append('[');
    duration(subquery.range());
    out.append(':');
    if (!subquery.step().isZero()) {
      duration(subquery.step());
    }
    out.append(']');
    at(subquery.at());
    offset(subquery.offset());
  }

  private void at(AtModifier at) {
    switch (at.kind()) {
      case NONE -> {}
      case TIMESTAMP -> out.append(" @ ").append(GoFloat.fixed(at.timestampMillis() / 1000.0, 3));
      case START -> out.append(" @ start()");
      case END -> out.append(" @ end()");
    }
  }

  private void offset(DurationExpr offset) {
    if (!offset.isZero()) {
      out.append(" offset ");
      duration(offset);
    }
  }

  private void duration(DurationExpr duration) {
    switch (duration) {
      case DurationExpr.Literal literal -> plainDuration(literal.nanos());
      case DurationExpr.Step _ -> out.append("step()");
      case DurationExpr.QueryRange _ -> out.append("range()");
      case DurationExpr.Extreme extreme -> {
        out.append(extreme.max() ? "max_of(" : "min_of(");
        operand(extreme.left());
        out.append(", ");
        operand(extreme.right());
        out.append(')');
      }
      case DurationExpr.Negation negation -> {
        out.append('-');
        operand(negation.operand());
      }
      case DurationExpr.Arithmetic arithmetic -> {
        operand(arithmetic.left());
        out.append(' ').append(arithmetic.operator().symbol()).append(' ');
        operand(arithmetic.right());
      }
      case DurationExpr.Paren paren -> {
        out.append('(');
        operand(paren.operand());
        out.append(')');
      }
    }
  }

  /** Inside arithmetic a number stays a number; on its own it is written as a duration. */
  private void operand(DurationExpr duration) {
    if (duration instanceof DurationExpr.Literal literal) {
      number(literal.seconds(), literal.duration());
    } else {
      duration(duration);
    }
  }

  private void number(double value, boolean duration) {
    if (duration) {
      plainDuration((long) (value * 1e9));
    } else {
      out.append(GoFloat.plain(value));
    }
  }

  private void plainDuration(long nanos) {
    out.append(nanos < 0 ? "-" : "").append(PromDuration.format(Math.abs(nanos / 1_000_000)));
  }
}
