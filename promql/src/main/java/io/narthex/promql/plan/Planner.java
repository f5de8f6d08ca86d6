package io.narthex.promql.plan;

import io.narthex.model.labels.Matcher;
import io.narthex.promql.QueryExecutionException;
import io.narthex.promql.exec.ConstantOperator;
import io.narthex.promql.exec.DistinctOperator;
import io.narthex.promql.exec.Execution;
import io.narthex.promql.exec.Grid;
import io.narthex.promql.exec.Operator;
import io.narthex.promql.exec.TimeShift;
import io.narthex.promql.exec.aggregation.Aggregations;
import io.narthex.promql.exec.binary.JoinOperator;
import io.narthex.promql.exec.binary.ScalarPair;
import io.narthex.promql.exec.binary.SetOperator;
import io.narthex.promql.exec.binary.VectorScalar;
import io.narthex.promql.exec.call.NegateFunction;
import io.narthex.promql.exec.selector.InstantSelector;
import io.narthex.promql.exec.selector.RangeSource;
import io.narthex.promql.exec.selector.Selection;
import io.narthex.promql.exec.selector.SmoothedSelector;
import io.narthex.promql.exec.subquery.StepInvariant;
import io.narthex.promql.exec.subquery.SubqueryRange;
import io.narthex.promql.exec.trace.Trace;
import io.narthex.promql.syntax.AggregateExpr;
import io.narthex.promql.syntax.AggregateOperator;
import io.narthex.promql.syntax.AtModifier;
import io.narthex.promql.syntax.BinaryExpr;
import io.narthex.promql.syntax.BinaryOperator;
import io.narthex.promql.syntax.Call;
import io.narthex.promql.syntax.DurationExpr;
import io.narthex.promql.syntax.Expr;
import io.narthex.promql.syntax.MatrixSelector;
import io.narthex.promql.syntax.NumberLiteral;
import io.narthex.promql.syntax.ParenExpr;
import io.narthex.promql.syntax.StringLiteral;
import io.narthex.promql.syntax.SubqueryExpr;
import io.narthex.promql.syntax.UnaryExpr;
import io.narthex.promql.syntax.ValueType;
import io.narthex.promql.syntax.VectorSelector;
import io.narthex.storage.SelectHints;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Builds the operators of one query, and notes the span of time that they will read. */
public final class Planner {
  /** Most steps of a subquery: a column of them takes at most a sixteenth of the heap. */
  private static final long MAX_STEPS = Runtime.getRuntime().maxMemory() / 16 / Double.BYTES;

  private final Execution execution;
  private final QueryTimes times;
  private final Durations durations;
  private final Trace trace;
  private long mint = Long.MAX_VALUE;
  private long maxt = Long.MIN_VALUE;

  /**
   * @param trace is told what is built
   */
  public Planner(Execution execution, QueryTimes times, Trace trace) {
    this.execution = execution;
    this.times = times;
    this.durations = new Durations(times);
    this.trace = trace;
  }

  /** The earliest time any selector reads; 0 where there is none. */
  public long mint() {
    return maxt == Long.MIN_VALUE ? 0 : mint;
  }

  /** The latest time any selector reads; 0 where there is none. */
  public long maxt() {
    return maxt == Long.MIN_VALUE ? 0 : maxt;
  }

  /** The operator of an expression that yields a scalar or an instant vector. */
  public Operator plan(Expr expr, Grid grid) {
    return plan(expr, grid, Around.NOTHING);
  }

  Operator plan(Expr expr, Grid grid, Around around) {
    if (grid.steps() > 1 && StepInvariance.spreads(expr)) {
      trace.begin(expr, grid);
      return trace.end(new StepInvariant(execution, planHere(expr, grid.first(), around)));
    }
    return planHere(expr, grid, around);
  }

  private Operator planHere(Expr expr, Grid grid, Around around) {
    execution.checkpoint();
    trace.begin(expr, grid);
    return trace.end(operator(expr, grid, around));
  }

  private Operator operator(Expr expr, Grid grid, Around around) {
    return switch (expr) {
      case NumberLiteral number -> ConstantOperator.number(number.value(), grid);
      case ParenExpr paren -> planHere(paren.expr(), grid, around);
      case UnaryExpr unary -> unary(unary, grid, around);
      case VectorSelector selector -> instant(selector, grid, around, InstantSelector.What.VALUE);
      case AggregateExpr aggregate -> aggregate(aggregate, grid, around);
      case BinaryExpr binary -> binary(binary, grid, around);
      case Call call -> new CallPlanner(this, execution, times, grid, around).plan(call);
      case StringLiteral _, MatrixSelector _, SubqueryExpr _ ->
          throw new IllegalStateException("BUG: no instant vector: " + expr);
    };
  }

  private Operator unary(UnaryExpr unary, Grid grid, Around around) {
    Operator input = plan(unary.expr(), grid, around);
    if (!unary.negative()) {
      return input;
    }
    return distinct(new NegateFunction(execution, input), false);
  }

  /** Guards an operator that dropped names, unless they only go in the final result. */
  Operator distinct(Operator operator, boolean strict) {
    return execution.delayedNames() ? operator : new DistinctOperator(operator, strict);
  }

  Operator instant(VectorSelector selector, Grid grid, Around around, InstantSelector.What what) {
    trace.begin(selector, grid);
    return trace.end(pick(selector, grid, around, what));
  }

  private Operator pick(
      VectorSelector selector, Grid grid, Around around, InstantSelector.What what) {
    TimeShift shift = shift(selector);
    long lookback = execution.lookbackDeltaMillis();
    if (selector.smoothed()) {
      RangeSource selection =
          select(
              selector.matchers(),
              shift.first(grid) - lookback + 1,
              shift.last(grid) + lookback,
              grid,
              0,
              around);
      return new SmoothedSelector(execution, selection, grid, shift, selector.position());
    }
    RangeSource selection =
        select(
            selector.matchers(),
            shift.first(grid) - lookback + 1,
            shift.last(grid),
            grid,
            0,
            around);
    return new InstantSelector(execution, selection, grid, shift, what);
  }

  /** What the part that is being planned reads from storage. */
  RangeSource select(
      List<Matcher> matchers, long start, long end, Grid grid, long range, Around around) {
    mint = Math.min(mint, start);
    maxt = Math.max(maxt, end);
    long step = grid.steps() == 1 && times.isInstant() ? 0 : grid.step();
    SelectHints hints =
        new SelectHints(
            start, end, step, around.function(), around.grouping(), around.by(), range, 0);
    boolean statsOnly = around.buckets() == Around.Buckets.NOT_WANTED;
    return trace.selected(new Selection(execution, matchers, hints, statsOnly));
  }

  /** Notes that more than the selectors will be read. */
  void reads(long start, long end) {
    mint = Math.min(mint, start);
    maxt = Math.max(maxt, end);
  }

  TimeShift shift(VectorSelector selector) {
    return new TimeShift(durations.millis(selector.offset()), at(selector.at()));
  }

  TimeShift shift(SubqueryExpr subquery) {
    return new TimeShift(durations.millis(subquery.offset()), at(subquery.at()));
  }

  private OptionalLong at(AtModifier at) {
    return switch (at.kind()) {
      case NONE -> OptionalLong.empty();
      case TIMESTAMP -> OptionalLong.of(at.timestampMillis());
      case START -> OptionalLong.of(times.start());
      case END -> OptionalLong.of(times.end());
    };
  }

  long rangeMillis(DurationExpr range) {
    return durations.positiveMillis(range);
  }

  /** The times at which a subquery's expression is evaluated, for all windows of the grid. */
  public Grid subqueryGrid(SubqueryExpr subquery, Grid grid) {
    TimeShift shift = shift(subquery);
    long range = rangeMillis(subquery.range());
    long step =
        subquery.step().isZero()
            ? execution.options().defaultSubqueryStep().applyAsLong(range)
            : durations.positiveMillis(subquery.step());
    long steps = (shift.last(grid) - shift.first(grid) + range) / step;
    if (steps > Math.min(execution.options().maxSamples(), MAX_STEPS)) {
      throw QueryExecutionException.tooManySamples();
    }
    return SubqueryRange.grid(shift.first(grid), shift.last(grid), range, step);
  }

  /** The samples of a range selector, for all windows of the grid. */
  RangeSource range(MatrixSelector matrix, long start, long end, Grid grid, Around around) {
    trace.begin(matrix, grid);
    return trace.end(
        select(
            matrix.selector().matchers(), start, end, grid, rangeMillis(matrix.range()), around));
  }

  RangeSource subquery(SubqueryExpr subquery, Grid grid, Around around) {
    Grid inner = subqueryGrid(subquery, grid);
    trace.begin(subquery, inner);
    return trace.end(new SubqueryRange(plan(subquery.expr(), inner, around.subquery()), inner));
  }

  private Operator aggregate(AggregateExpr expr, Grid grid, Around outer) {
    Around around = outer.aggregation(expr.operator().toString(), expr.grouping(), !expr.without());
    Optional<Operator> parameter = Optional.empty();
    if (expr.parameter().isPresent() && expr.operator() != AggregateOperator.COUNT_VALUES) {
      parameter = Optional.of(plan(Parens.strip(expr.parameter().get()), grid, Around.NOTHING));
    }
    AggregateExpr bare =
        new AggregateExpr(
            expr.operator(),
            Parens.strip(expr.expr()),
            expr.parameter().map(Parens::strip),
            expr.grouping(),
            expr.without(),
            expr.position());
    Operator input = plan(bare.expr(), grid, around);
    return new Aggregations(execution, grid).of(bare, input, parameter);
  }

  private Operator binary(BinaryExpr expr, Grid grid, Around outer) {
    boolean trims =
        expr.operator() == BinaryOperator.TRIM_UPPER
            || expr.operator() == BinaryOperator.TRIM_LOWER;
    JoinMatchers added = JoinMatchers.of(expr);
    Expr leftExpr = JoinMatchers.narrowed(expr.left(), added.left());
    Expr rightExpr = JoinMatchers.narrowed(expr.right(), added.right());
    Operator left = plan(leftExpr, grid, outer.operand(trims));
    Operator right = plan(rightExpr, grid, outer.operand(trims));
    boolean leftScalar = expr.left().type() == ValueType.SCALAR;
    boolean rightScalar = expr.right().type() == ValueType.SCALAR;
    if (leftScalar && rightScalar) {
      return new ScalarPair(expr.operator(), left, right);
    }
    if (leftScalar || rightScalar) {
      Operator vector = leftScalar ? right : left;
      Operator scalar = leftScalar ? left : right;
      return distinct(
          new VectorScalar(execution, expr, vector, scalar, rightScalar, grid.steps()), false);
    }
    if (expr.operator().isSet()) {
      SetOperator set =
          new SetOperator(execution, expr.operator(), expr.matching(), left, right, grid);
      return new DistinctOperator(set, false);
    }
    return new JoinOperator(execution, expr, left, right, grid);
  }
}
