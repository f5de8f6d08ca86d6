package io.narthex.promql;

import io.narthex.promql.exec.Execution;
import io.narthex.promql.exec.Grid;
import io.narthex.promql.exec.Operator;
import io.narthex.promql.exec.SampleAccount;
import io.narthex.promql.plan.Checks;
import io.narthex.promql.plan.Planner;
import io.narthex.promql.plan.QueryTimes;
import io.narthex.promql.plan.RangeVectorPlan;
import io.narthex.promql.syntax.Expr;
import io.narthex.promql.syntax.ParseException;
import io.narthex.promql.syntax.Parser;
import io.narthex.promql.syntax.ParserFeatures;
import io.narthex.promql.syntax.StringLiteral;
import io.narthex.promql.syntax.ValueType;
import io.narthex.storage.Querier;
import io.narthex.storage.Queryable;
import io.narthex.storage.StorageException;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** One query from text to result, on the thread that calls it. */
final class QueryRun {
  private final EngineOptions options;
  private final Queryable storage;
  private final String query;
  private final QueryTimes times;
  private final QueryOptions queryOptions;
  private final Executor helpers;
  private final Annotations annotations = new Annotations();
  private final StopWatch watch = new StopWatch();
  private SampleAccount samples = new SampleAccount(0, 0);

  QueryRun(
      EngineOptions options,
      Queryable storage,
      String query,
      QueryTimes times,
      QueryOptions queryOptions,
      Executor helpers) {
    this.options = options;
    this.storage = storage;
    this.query = query;
    this.times = times;
    this.queryOptions = queryOptions;
    this.helpers = helpers;
  }

  /** Reads the text and checks it. */
  Expr parse() {
    ParserFeatures features =
        new ParserFeatures(
            options.experimentalFunctions(),
            options.durationExpressions(),
            options.extendedSelectors(),
            options.binopFill());
    Expr expr;
    try {
      expr = Parser.parse(query, features);
    } catch (ParseException e) {
      throw new QueryParseException(e.getMessage(), e);
    }
    new Checks(options).modifiers(expr);
    if (!times.isInstant()) {
      Checks.rangeType(expr);
    }
    return expr;
  }

  String query() {
    return query;
  }

  SampleAccount samples() {
    return samples;
  }

  StopWatch watch() {
    return watch;
  }

  /**
   * Evaluates a parsed query.
   *
   * @param deadlineNanos when its time is over, by {@link System#nanoTime}
   */
  QueryResult evaluate(Expr expr, long deadlineNanos) {
    watch.evaluating();
    Grid grid = grid();
    boolean perStep = options.perStepStats() && queryOptions.perStepStats();
    samples = new SampleAccount(options.maxSamples(), perStep ? grid.steps() : 0);
    Value value = value(unwrapped(expr), grid, deadlineNanos);
    watch.done();
    return new QueryResult(
        value, annotations.warnings(query), annotations.infos(query), watch.stats(samples, grid));
  }

  private Grid grid() {
    return times.isInstant()
        ? Grid.instant(times.start())
        : Grid.between(times.start(), times.end(), times.stepMillis());
  }

  /** This query for the log, when it has ended. */
  LoggedQuery logged(@Nullable RuntimeException failure) {
    return new LoggedQuery(
        query,
        times.start(),
        times.end(),
        times.stepMillis(),
        failure == null ? Optional.empty() : Optional.ofNullable(failure.getMessage()),
        watch.stats(samples, grid()),
        queryOptions.origin());
  }

  private static Expr unwrapped(Expr expr) {
    Expr inner = expr;
    while (inner instanceof io.narthex.promql.syntax.ParenExpr paren) {
      inner = paren.expr();
    }
    return inner;
  }

  private Value value(Expr expr, Grid grid, long deadlineNanos) {
    if (expr instanceof StringLiteral literal) {
      return new StringValue(times.start(), literal.value());
    }
    long lookback =
        queryOptions.lookbackDeltaMillis() > 0
            ? queryOptions.lookbackDeltaMillis()
            : options.lookbackDeltaMillis();
    Execution execution =
        new Execution(
            options,
            lookback,
            annotations,
            samples,
            queryOptions.cancellation(),
            deadlineNanos,
            helpers);
    execution.checkpoint();
    Planner planner = new Planner(execution, times);
    if (expr.type() == ValueType.MATRIX) {
      RangeVectorPlan plan = new RangeVectorPlan(planner, execution, expr, times.start());
      try (Querier querier = open(planner)) {
        execution.open(querier);
        watch.prepared();
        return ResultCollector.sorted(plan.evaluate(), watch);
      }
    }
    Operator operator = planner.plan(expr, grid);
    try (Querier querier = open(planner)) {
      execution.open(querier);
      ResultCollector collector = new ResultCollector(execution, grid);
      operator.series();
      watch.prepared();
      return collector.collect(operator, expr.type(), times.isInstant(), watch);
    }
  }

  private Querier open(Planner planner) {
    try {
      return storage.querier(planner.mint(), planner.maxt());
    } catch (StorageException e) {
      throw new QueryStorageException(e.getMessage(), e);
    }
  }
}
