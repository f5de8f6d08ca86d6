package io.narthex.promql;

import io.narthex.promql.exec.Execution;
import io.narthex.promql.exec.Grid;
import io.narthex.promql.exec.Operator;
import io.narthex.promql.exec.SampleAccount;
import io.narthex.promql.exec.trace.RecordingTrace;
import io.narthex.promql.exec.trace.Trace;
import io.narthex.promql.explain.ExplainRun;
import io.narthex.promql.explain.Explanation;
import io.narthex.promql.explain.MetricTypes;
import io.narthex.promql.plan.Checks;
import io.narthex.promql.plan.Planner;
import io.narthex.promql.plan.QueryTimes;
import io.narthex.promql.plan.RangeVectorPlan;
import io.narthex.promql.syntax.Depth;
import io.narthex.promql.syntax.Expr;
import io.narthex.promql.syntax.ParenExpr;
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
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One query from text to result, on the thread that calls it. */
final class QueryRun {
  /** What nests deeper takes more stack than helpers have, and is computed without them. */
  private static final int HELPED_DEPTH = 300;

  private static final int MAX_DEPTH = 20_000;

  private final EngineOptions options;
  private final Queryable storage;
  private final String query;
  private final QueryTimes times;
  private final QueryOptions queryOptions;
  private Executor helpers;
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

  /** Reads the text and checks it; waiting is over. */
  Expr parse() {
    watch.evaluating();
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
    checkDepth(expr);
    new Checks(options).modifiers(expr);
    if (!times.isInstant()) {
      Checks.rangeType(expr);
    }
    return expr;
  }

  private void checkDepth(Expr expr) {
    if (query.length() > HELPED_DEPTH && Depth.exceeds(expr, HELPED_DEPTH)) {
      helpers = task -> {};
      if (Depth.exceeds(expr, MAX_DEPTH)) {
        throw new QueryExecutionException(
            "the expression has too many operators or groups within each other; split it up");
      }
    }
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
    Grid grid = grid();
    samples = new SampleAccount(options.maxSamples(), countedSteps(grid));
    Value value = value(unwrapped(expr), grid, deadlineNanos);
    watch.done();
    return new QueryResult(
        value, annotations.warnings(query), annotations.infos(query), watch.stats(samples, grid));
  }

  private int countedSteps(Grid grid) {
    return options.perStepStats() && queryOptions.perStepStats() ? grid.steps() : 0;
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
    while (inner instanceof ParenExpr paren) {
      inner = paren.expr();
    }
    return inner;
  }

  private Value value(Expr expr, Grid grid, long deadlineNanos) {
    if (expr instanceof StringLiteral literal) {
      return new StringValue(times.start(), literal.value());
    }
    Execution execution = execution(deadlineNanos);
    Evaluation evaluation = planned(expr, grid, execution, Trace.NONE);
    try (Querier querier = open(evaluation.planner())) {
      execution.open(querier);
      return evaluation.work().get();
    }
  }

  private Execution execution(long deadlineNanos) {
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
    return execution;
  }

  /**
   * What has been planned.
   *
   * @param work yields the value once the storage is open
   */
  private record Evaluation(Planner planner, Supplier<Value> work) {}

  private Evaluation planned(Expr expr, Grid grid, Execution execution, Trace trace) {
    Planner planner = new Planner(execution, times, trace);
    if (expr.type() == ValueType.MATRIX) {
      RangeVectorPlan plan = new RangeVectorPlan(planner, execution, expr, times.start());
      return new Evaluation(
          planner,
          () -> {
            watch.prepared();
            return ResultCollector.sorted(plan.evaluate(), watch);
          });
    }
    Operator operator = planner.plan(expr, grid);
    return new Evaluation(
        planner,
        () -> {
          ResultCollector collector = new ResultCollector(execution, grid);
          operator.series();
          watch.prepared();
          return collector.collect(operator, expr.type(), times.isInstant(), watch);
        });
  }

  /**
   * Explains a parsed query, and runs it where that is wanted. That it fails while it runs is part
   * of the explanation.
   */
  Explanation explain(Expr parsed, long deadlineNanos, boolean analyze, MetricTypes types) {
    Grid grid = grid();
    RecordingTrace trace = new RecordingTrace();
    samples = trace.account(options.maxSamples(), analyze ? countedSteps(grid) : 0);
    Expr expr = unwrapped(parsed);
    ExplainRun run = new ExplainRun(trace, query, types);
    Execution execution = execution(deadlineNanos);
    Optional<String> error = Optional.empty();
    ExplainRun.Findings findings;
    if (expr instanceof StringLiteral) {
      findings = run.findings(execution, analyze);
    } else {
      Evaluation evaluation = planned(expr, grid, execution, trace);
      try (Querier querier = open(evaluation.planner())) {
        execution.open(querier);
        run.expect();
        error = analyze ? failure(evaluation.work()) : error;
        findings = run.findings(execution, analyze);
      }
    }
    watch.done();
    return new Explanation(
        findings.plan(),
        analyze ? Optional.of(watch.stats(samples, grid)) : Optional.empty(),
        error,
        findings.hints(),
        annotations.warnings(query),
        annotations.infos(query));
  }

  private static Optional<String> failure(Supplier<Value> work) {
    try {
      Value unused = work.get();
      return Optional.empty();
    } catch (QueryExecutionException | QueryTimeoutException e) {
      return Optional.of(e.getMessage());
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
