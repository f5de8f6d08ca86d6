package io.narthex.promqltest;

import io.narthex.model.histogram.FloatHistogram;
import io.narthex.model.labels.Labels;
import io.narthex.promql.Engine;
import io.narthex.promql.MatrixSeries;
import io.narthex.promql.MatrixValue;
import io.narthex.promql.PromqlException;
import io.narthex.promql.QueryOptions;
import io.narthex.promql.QueryResult;
import io.narthex.promql.ScalarValue;
import io.narthex.promql.VectorValue;
import io.narthex.promql.syntax.Expr;
import io.narthex.promql.syntax.ParseException;
import io.narthex.promql.syntax.Parser;
import io.narthex.promql.syntax.ParserFeatures;
import io.narthex.promqltest.Evaluation.Time;
import io.narthex.promqltest.Expectation.Result;
import io.narthex.storage.Queryable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Runs one evaluation.
 *
 * <p>An instant query is run as it stands; then, fixed to its time by {@code @}, at other times;
 * and each of these as the middle of a range query. All must yield the same.
 */
final class EvaluationRun {
  private static final Pattern DEPENDS_ON_RANGE = Pattern.compile("(start|end|range|step)\\(\\)");
  private static final long MINUTE = 60_000;

  private final Engine engine;
  private final Queryable storage;
  private final Evaluation evaluation;
  private final NoteCheck notes;
  private final ResultComparison comparison;

  EvaluationRun(Engine engine, Queryable storage, Evaluation evaluation) {
    this.engine = engine;
    this.storage = storage;
    this.evaluation = evaluation;
    this.notes = new NoteCheck(evaluation);
    this.comparison =
        new ResultComparison(evaluation.result(), evaluation.has(Expectation.Kind.ORDERED));
  }

  /** What went wrong first, if anything. */
  Optional<String> failure() {
    return switch (evaluation.time()) {
      case Time.Range range -> query(evaluation.query(), range);
      case Time.Instant instant -> instant(instant.timeMillis());
    };
  }

  private Optional<String> instant(long time) {
    // A range vector is expected up to the time that the script names for its end.
    long at =
        evaluation.result() instanceof Result.RangeVector vector ? vector.time().endMillis() : time;
    Optional<String> failure = instantAndMiddle(evaluation.query(), at);
    if (failure.isPresent()) {
      return failure;
    }
    Optional<String> fixed = fixed(at);
    if (fixed.isEmpty()) {
      return Optional.empty();
    }
    long[] times =
        at == 0 ? new long[] {-1000, 0, 1000} : new long[] {-10 * at, 0, at / 5, at, 10 * at};
    for (long other : times) {
      failure =
          instantAndMiddle(fixed.get(), other)
              .map(text -> "as " + fixed.get() + " at " + other + " ms: " + text);
      if (failure.isPresent()) {
        return failure;
      }
    }
    return Optional.empty();
  }

  private Optional<String> fixed(long time) {
    try {
      Expr expr = Parser.parse(evaluation.query(), ParserFeatures.ALL);
      return AtRewrite.rewrite(expr, time);
    } catch (ParseException e) {
      return Optional.empty();
    }
  }

  private Optional<String> instantAndMiddle(String query, long time) {
    Optional<String> failure = query(query, new Time.Instant(time));
    if (failure.isPresent()
        || evaluation.mustFail()
        || evaluation.result() instanceof Result.RangeVector
        || evaluation.result() instanceof Result.Text
        || DEPENDS_ON_RANGE.matcher(query).find()) {
      return failure;
    }
    try {
      return middle(query, time).map(text -> "as a range query: " + text);
    } catch (PromqlException e) {
      return Optional.of("as a range query: got error: " + e.getMessage());
    } catch (RuntimeException | StackOverflowError e) {
      return Optional.of("as a range query: " + crash(e));
    }
  }

  private Optional<String> query(String query, Time time) {
    QueryResult result;
    try {
      result = run(query, time);
    } catch (PromqlException e) {
      String message = String.valueOf(e.getMessage());
      return evaluation.mustFail()
          ? notes.error(message)
          : Optional.of("expected a result, got error: " + message);
    } catch (RuntimeException | StackOverflowError e) {
      return Optional.of(crash(e));
    }
    if (evaluation.mustFail()) {
      return Optional.of("expected an error, got " + result.value().typeName());
    }
    return notes.annotations(result).or(() -> comparison.difference(result.value(), time));
  }

  private static String crash(Throwable e) {
    StackTraceElement[] trace = e.getStackTrace();
    return "the engine crashed: " + e + (trace.length == 0 ? "" : " at " + trace[0]);
  }

  private QueryResult run(String query, Time time) {
    return switch (time) {
      case Time.Instant(long millis) ->
          engine.instant(storage, query, millis, QueryOptions.defaults());
      case Time.Range(long start, long end, long step) ->
          engine.range(storage, query, start, end, step, QueryOptions.defaults());
    };
  }

  private Optional<String> middle(String query, long time) {
    Time range = new Time.Range(time - MINUTE, time + MINUTE, MINUTE);
    QueryResult result = run(query, range);
    if (evaluation.has(Expectation.Kind.ORDERED)) {
      return Optional.empty();
    }
    if (!(result.value() instanceof MatrixValue matrix)) {
      return Optional.of("expected matrix, got " + result.value().typeName());
    }
    Optional<String> unsorted = ResultComparison.unsorted(matrix);
    if (unsorted.isPresent()) {
      return unsorted;
    }
    VectorValue middle = at(time, matrix);
    if (evaluation.result() instanceof Result.Scalar) {
      return middle.size() == 1
          ? comparison.difference(new ScalarValue(time, middle.value(0)), range)
          : Optional.of("expected one value, got " + middle.size());
    }
    return comparison.difference(middle, range);
  }

  private static VectorValue at(long time, MatrixValue matrix) {
    List<Labels> labels = new ArrayList<>();
    double[] values = new double[matrix.series().size()];
    FloatHistogram[] histograms = new FloatHistogram[matrix.series().size()];
    for (MatrixSeries series : matrix.series()) {
      for (int i = 0; i < series.size(); i++) {
        if (series.timestampMillis(i) == time) {
          values[labels.size()] = series.value(i);
          histograms[labels.size()] = series.isHistogram(i) ? series.histogram(i) : null;
          labels.add(series.labels());
        }
      }
    }
    return new VectorValue(time, labels.toArray(new Labels[0]), values, histograms);
  }
}
