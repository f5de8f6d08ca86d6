package io.narthex.promql.plan;

import io.narthex.model.labels.Matcher;
import io.narthex.promql.syntax.AggregateExpr;
import io.narthex.promql.syntax.AggregateOperator;
import io.narthex.promql.syntax.BinaryExpr;
import io.narthex.promql.syntax.BinaryOperator;
import io.narthex.promql.syntax.Call;
import io.narthex.promql.syntax.Expr;
import io.narthex.promql.syntax.MatrixSelector;
import io.narthex.promql.syntax.NumberLiteral;
import io.narthex.promql.syntax.ParenExpr;
import io.narthex.promql.syntax.StringLiteral;
import io.narthex.promql.syntax.SubqueryExpr;
import io.narthex.promql.syntax.UnaryExpr;
import io.narthex.promql.syntax.ValueType;
import io.narthex.promql.syntax.VectorMatching;
import io.narthex.promql.syntax.VectorMatching.Cardinality;
import io.narthex.promql.syntax.VectorSelector;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * What the selectors on both sides of a join need not select, because it would find no partner:
 * matchers of one side on labels that must agree, for the other side.
 *
 * <p>Only where nobody can tell but by the statistics of samples. A series without a partner may
 * have a part in an error or an annotation: as soon as a function or an operator looks at its
 * samples, so what is added to are plain selectors; on the "one" side by being a duplicate, so that
 * side is left alone; and on the "many" side because duplicates are an error only where that is not
 * empty, so the "one" side must be a sum or the like, which has none.
 *
 * @param left matchers for the selector on the left, empty where there is nothing to add
 * @param right the same for the right
 */
public record JoinMatchers(List<Matcher> left, List<Matcher> right) {
  private static final JoinMatchers NONE = new JoinMatchers(List.of(), List.of());

  /** Functions whose result has the labels of their only vector, but for its name. */
  private static final Set<String> KEEPING_LABELS =
      Set.of(
          "abs",
          "avg_over_time",
          "ceil",
          "changes",
          "clamp",
          "clamp_max",
          "clamp_min",
          "count_over_time",
          "delta",
          "deriv",
          "floor",
          "idelta",
          "increase",
          "irate",
          "last_over_time",
          "max_over_time",
          "min_over_time",
          "present_over_time",
          "quantile_over_time",
          "rate",
          "resets",
          "round",
          "sum_over_time",
          "timestamp");

  /** What can be added to both sides of an operator on two vectors. */
  public static JoinMatchers of(BinaryExpr join) {
    if (!join.isVectorToVector() || join.matching().fills()) {
      return NONE;
    }
    VectorMatching matching = join.matching();
    boolean toLeft;
    boolean toRight;
    if (join.operator().isSet()) {
      toLeft = join.operator() == BinaryOperator.AND;
      toRight = join.operator() != BinaryOperator.OR;
    } else {
      boolean leftIsOne = matching.cardinality() == Cardinality.ONE_TO_MANY;
      boolean safe = hasNoDuplicates(leftIsOne ? join.left() : join.right(), matching);
      toLeft = safe && !leftIsOne;
      toRight = safe && leftIsOne;
    }
    return new JoinMatchers(
        toLeft ? added(join.left(), join.right(), matching) : List.of(),
        toRight ? added(join.right(), join.left(), matching) : List.of());
  }

  /** Whether no two series of the "one" side can agree in the labels that must. */
  private static boolean hasNoDuplicates(Expr one, VectorMatching matching) {
    return Parens.strip(one) instanceof AggregateExpr aggregate
        && !aggregate.without()
        && oneSeriesPerGroup(aggregate.operator())
        && aggregate.grouping().stream().allMatch(label -> mustAgree(label, matching));
  }

  private static boolean oneSeriesPerGroup(AggregateOperator operator) {
    return switch (operator) {
      case SUM, AVG, COUNT, MIN, MAX, GROUP, STDDEV, STDVAR, QUANTILE -> true;
      case TOPK, BOTTOMK, LIMITK, LIMIT_RATIO, COUNT_VALUES -> false;
    };
  }

  private static boolean mustAgree(String label, VectorMatching matching) {
    return matching.labels().contains(label) == matching.on();
  }

  private static List<Matcher> added(Expr to, Expr from, VectorMatching matching) {
    if (!(Parens.strip(to) instanceof VectorSelector selector) || selector.smoothed()) {
      return List.of();
    }
    List<Matcher> added = new ArrayList<>();
    for (Matcher matcher : held(from)) {
      if (mustAgree(matcher.name(), matching)
          && !selector.matchers().contains(matcher)
          && !added.contains(matcher)) {
        added.add(matcher);
      }
    }
    return added;
  }

  /** The operand with the matchers added. */
  static Expr narrowed(Expr operand, List<Matcher> added) {
    if (added.isEmpty() || !(Parens.strip(operand) instanceof VectorSelector selector)) {
      return operand;
    }
    List<Matcher> all = new ArrayList<>(selector.matchers());
    all.addAll(added);
    return selector.withMatchers(all);
  }

  /** Matchers that hold for each series that an expression yields. */
  private static List<Matcher> held(Expr expr) {
    return switch (expr) {
      case VectorSelector selector ->
          selector.matchers().stream().filter(JoinMatchers::tells).toList();
      case MatrixSelector matrix -> held(matrix.selector());
      case SubqueryExpr subquery -> held(subquery.expr());
      case ParenExpr paren -> held(paren.expr());
      case UnaryExpr unary -> held(unary.expr());
      case AggregateExpr aggregate -> heldByGroups(aggregate);
      case BinaryExpr binary -> heldByPairs(binary);
      case Call call ->
          KEEPING_LABELS.contains(call.name())
              ? call.arguments().stream()
                  .filter(argument -> argument.type() != ValueType.SCALAR)
                  .flatMap(argument -> held(argument).stream())
                  .toList()
              : List.of();
      case NumberLiteral _, StringLiteral _ -> List.of();
    };
  }

  /** A matcher that lets series without the label pass says little; names and such have a life. */
  private static boolean tells(Matcher matcher) {
    return !matcher.matchesEmpty() && !matcher.name().startsWith("__");
  }

  private static List<Matcher> heldByGroups(AggregateExpr aggregate) {
    List<Matcher> inner = held(aggregate.expr());
    return switch (aggregate.operator()) {
      case TOPK, BOTTOMK, LIMITK, LIMIT_RATIO -> inner;
      case COUNT_VALUES -> List.of();
      case SUM, AVG, COUNT, MIN, MAX, GROUP, STDDEV, STDVAR, QUANTILE ->
          inner.stream()
              .filter(m -> aggregate.grouping().contains(m.name()) != aggregate.without())
              .toList();
    };
  }

  private static List<Matcher> heldByPairs(BinaryExpr binary) {
    if (!binary.isVectorToVector()) {
      return held(binary.left().type() == ValueType.VECTOR ? binary.left() : binary.right());
    }
    return binary.operator() == BinaryOperator.AND || binary.operator() == BinaryOperator.UNLESS
        ? held(binary.left())
        : List.of();
  }
}
