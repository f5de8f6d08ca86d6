package io.narthex.promql.explain;

import io.narthex.model.labels.Labels;
import io.narthex.promql.exec.GroupTable;
import io.narthex.promql.exec.MetadataLabels;
import io.narthex.promql.exec.SeriesList;
import io.narthex.promql.exec.trace.PlanNode;
import io.narthex.promql.syntax.AggregateExpr;
import io.narthex.promql.syntax.BinaryExpr;
import io.narthex.promql.syntax.BinaryOperator;
import io.narthex.promql.syntax.PositionRange;
import io.narthex.promql.syntax.VectorMatching;
import io.narthex.promql.syntax.VectorMatching.Cardinality;

/** What there is to say where series meet: in joins and in groups of aggregations. */
final class JoinHints {
  /** From here on a series that meets many is more than its labels being looked up. */
  private static final int MANY_PARTNERS = 100;

  private final Hints hints;
  private final Estimates estimates;

  JoinHints(Hints hints, Estimates estimates) {
    this.hints = hints;
    this.estimates = estimates;
  }

  void look(PlanNode node) {
    switch (node.expr()) {
      case BinaryExpr binary when binary.isVectorToVector() && node.inputs().size() == 2 ->
          join(binary, node);
      case AggregateExpr aggregate when !node.inputs().isEmpty() -> aggregation(aggregate, node);
      default -> {}
    }
  }

  /** Whether the label sets can be had without evaluating anything. */
  private boolean isKnown(PlanNode node) {
    return estimates.estimate(node).exact() || node.measure().series() >= 0;
  }

  private void join(BinaryExpr binary, PlanNode node) {
    PlanNode leftNode = node.inputs().getFirst();
    PlanNode rightNode = node.inputs().getLast();
    if (!isKnown(leftNode) || !isKnown(rightNode)) {
      return;
    }
    Sides sides = new Sides(binary.matching(), leftNode.series(), rightNode.series());
    if (sides.left.size() == 0 || sides.right.size() == 0) {
      return;
    }
    boolean fills = binary.matching().fills();
    boolean needsBoth = !binary.operator().isSet() || binary.operator() == BinaryOperator.AND;
    if (sides.shared == 0 && needsBoth && !fills) {
      hints.add(
          Hint.Kind.NO_PARTNERS,
          binary.position(),
          "no series of the left side ("
              + sides.left.size()
              + ") has a partner on the right ("
              + sides.right.size()
              + "): their labels differ; name the labels that must agree with on(), or those that"
              + " may differ with ignoring()");
    }
    if (!binary.operator().isSet()) {
      cardinality(binary, sides);
    }
  }

  private void cardinality(BinaryExpr binary, Sides sides) {
    Cardinality cardinality = binary.matching().cardinality();
    boolean leftIsOne = cardinality != Cardinality.MANY_TO_ONE;
    boolean rightIsOne = cardinality != Cardinality.ONE_TO_MANY;
    if (leftIsOne && sides.mostLeft > 1) {
      manyToMany(binary.position(), "left", sides.mostLeft, cardinality);
    }
    if (rightIsOne && sides.mostRight > 1) {
      manyToMany(binary.position(), "right", sides.mostRight, cardinality);
    }
    int partners =
        switch (cardinality) {
          case MANY_TO_ONE -> sides.mostRight == 1 ? sides.mostLeft : 0;
          case ONE_TO_MANY -> sides.mostLeft == 1 ? sides.mostRight : 0;
          case ONE_TO_ONE, MANY_TO_MANY -> 0;
        };
    if (partners >= MANY_PARTNERS) {
      hints.add(
          Hint.Kind.MULTIPLIES,
          binary.position(),
          "one series of the "
              + (leftIsOne ? "left" : "right")
              + " side meets "
              + partners
              + " of the other; aggregate those first, or let more labels agree");
    }
  }

  private void manyToMany(
      PositionRange position, String side, int series, Cardinality cardinality) {
    hints.add(
        Hint.Kind.MANY_TO_MANY,
        position,
        "up to "
            + series
            + " series of the "
            + side
            + " side have the same matching labels, where "
            + cardinality
            + " allows one: where they have samples at the same time the query fails; aggregate"
            + " that side, or let more labels agree"
            + (cardinality == Cardinality.ONE_TO_ONE
                ? ", or write group_" + side + " if they are meant to share a partner"
                : ""));
  }

  private void aggregation(AggregateExpr aggregate, PlanNode node) {
    boolean folds =
        switch (aggregate.operator()) {
          case SUM, AVG, MIN, MAX -> true;
          case COUNT, GROUP, STDDEV, STDVAR, QUANTILE -> false;
          case TOPK, BOTTOMK, LIMITK, LIMIT_RATIO, COUNT_VALUES -> false;
        };
    PlanNode input = node.inputs().getLast();
    if (!folds || !isKnown(input) || !isKnown(node)) {
      return;
    }
    SeriesList in = input.series();
    SeriesList out = node.series();
    boolean alone = in.size() > 0 && in.size() == out.size();
    if (alone && (in.size() > 1 || sameLabels(in.labels(0), out.labels(0)))) {
      hints.add(
          Hint.Kind.NO_EFFECT,
          aggregate.position(),
          "each of the "
              + in.size()
              + " groups has one series, so there is nothing to "
              + aggregate.operator()
              + "; leave it out or group by fewer labels");
    }
  }

  private static boolean sameLabels(Labels in, Labels out) {
    return MetadataLabels.without(in).equals(out);
  }

  /** How the series of two sides fall into groups that meet. */
  private static final class Sides {
    private final SeriesList left;
    private final SeriesList right;

    /** Most series of one group, of groups that both sides have. */
    private int mostLeft;

    private int mostRight;

    /** Groups that both sides have. */
    private int shared;

    Sides(VectorMatching matching, SeriesList left, SeriesList right) {
      this.left = left;
      this.right = right;
      GroupTable table = new GroupTable(matching.labels(), matching.on());
      int[] leftGroup = groups(table, left);
      int[] rightGroup = groups(table, right);
      int[] onLeft = counts(leftGroup, table.size());
      int[] onRight = counts(rightGroup, table.size());
      for (int g = 0; g < table.size(); g++) {
        if (onLeft[g] > 0 && onRight[g] > 0) {
          shared++;
          mostLeft = Math.max(mostLeft, onLeft[g]);
          mostRight = Math.max(mostRight, onRight[g]);
        }
      }
    }

    private static int[] groups(GroupTable table, SeriesList series) {
      int[] groups = new int[series.size()];
      for (int i = 0; i < groups.length; i++) {
        groups[i] = table.group(series, i);
      }
      return groups;
    }

    private static int[] counts(int[] groups, int size) {
      int[] counts = new int[size];
      for (int group : groups) {
        counts[group]++;
      }
      return counts;
    }
  }
}
