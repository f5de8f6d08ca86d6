package io.narthex.web.api.v1;

import io.narthex.http.server.Exchange;
import io.narthex.promql.Cancellation;
import io.narthex.promql.Engine;
import io.narthex.promql.PromqlException;
import io.narthex.promql.QueryCanceledException;
import io.narthex.promql.QueryExecutionException;
import io.narthex.promql.QueryNotBegunException;
import io.narthex.promql.QueryOptions;
import io.narthex.promql.QueryOrigin;
import io.narthex.promql.QueryParseException;
import io.narthex.promql.QueryResult;
import io.narthex.promql.QueryStorageException;
import io.narthex.promql.QueryTimeoutException;
import io.narthex.promql.plan.QueryTimes;
import io.narthex.storage.NotReadyException;
import io.narthex.storage.Queryable;
import io.narthex.web.json.ResultJsonWriter;
import io.narthex.web.json.StatsJsonWriter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/** `/query` and `/query_range`. A client that goes away ends its query. */
final class QueryHandler {
  private static final long MAX_POINTS = 11_000;
  private static final long NANOS_PER_MILLI = 1_000_000;

  private final Engine engine;
  private final Queryable storage;
  private final LongSupplier nowMillis;

  QueryHandler(Engine engine, Queryable storage, LongSupplier nowMillis) {
    this.engine = engine;
    this.storage = storage;
    this.nowMillis = nowMillis;
  }

  Answer instant(Exchange exchange) throws IOException {
    ApiParameters parameters = ApiParameters.of(exchange);
    int limit = parameters.limit();
    QueryTimes times = instantTimes(parameters, nowMillis.getAsLong());
    QueryOptions options = options(parameters, exchange);
    String query = parameters.text("query");
    return run(parameters, limit, () -> engine.instant(storage, query, times.start(), options));
  }

  Answer range(Exchange exchange) throws IOException {
    ApiParameters parameters = ApiParameters.of(exchange);
    int limit = parameters.limit();
    QueryTimes times = rangeTimes(parameters);
    QueryOptions options = options(parameters, exchange);
    String query = parameters.text("query");
    return run(
        parameters,
        limit,
        () ->
            engine.range(storage, query, times.start(), times.end(), times.stepMillis(), options));
  }

  static QueryTimes instantTimes(ApiParameters parameters, long nowMillis) {
    long time = parameters.time("time", ApiTime.ofMillis(nowMillis)).queryMillis();
    return new QueryTimes(time, time, 0);
  }

  static QueryTimes rangeTimes(ApiParameters parameters) {
    ApiTime start = parameters.requiredTime("start");
    ApiTime end = parameters.requiredTime("end");
    if (end.compareTo(start) < 0) {
      throw ApiException.invalidParameter("end", "end timestamp must not be before start time");
    }
    long step = parameters.requiredNanos("step");
    if (step <= 0) {
      throw ApiException.invalidParameter(
          "step",
          "zero or negative query resolution step widths are not accepted. Try a positive integer");
    }
    if (end.nanosSince(start) / step > MAX_POINTS) {
      throw ApiException.badData(
          "exceeded maximum resolution of 11,000 points per timeseries."
              + " Try decreasing the query resolution (?step=XX)");
    }
    // The engine counts milliseconds; a shorter step can only stand for a range of a few of them.
    long stepMillis = Math.max(1, step / NANOS_PER_MILLI);
    return new QueryTimes(start.queryMillis(), end.queryMillis(), stepMillis);
  }

  @FunctionalInterface
  private interface Evaluation {
    QueryResult result();
  }

  static QueryOptions options(ApiParameters parameters, Exchange exchange) {
    long timeoutMillis = 0;
    if (!parameters.text("timeout").isEmpty()) {
      timeoutMillis = parameters.requiredNanos("timeout") / NANOS_PER_MILLI;
      if (timeoutMillis <= 0) {
        throw new ApiException(ErrorType.EXECUTION, "context deadline exceeded");
      }
    }
    long lookbackMillis = 0;
    if (!parameters.text("lookback_delta").isEmpty()) {
      try {
        lookbackMillis = ApiParameters.nanos(parameters.text("lookback_delta")) / NANOS_PER_MILLI;
      } catch (IllegalArgumentException e) {
        throw new ApiException(
            ErrorType.BAD_DATA, "error parsing lookback delta duration: " + e.getMessage(), e);
      }
    }
    Cancellation cancellation = new Cancellation();
    exchange.onDisconnect(cancellation::cancel);
    return new QueryOptions(
        timeoutMillis,
        lookbackMillis,
        parameters.text("stats").equals("all"),
        cancellation,
        origin(exchange));
  }

  private static QueryOrigin origin(Exchange exchange) {
    return QueryOrigin.httpRequest(
        ClientAddress.text(exchange.remoteAddress().getAddress()),
        exchange.method(),
        exchange.path());
  }

  private static Answer run(ApiParameters parameters, int limit, Evaluation evaluation) {
    QueryResult result;
    try {
      result = evaluation.result();
    } catch (PromqlException e) {
      throw failure(e);
    }
    List<String> warnings = new ArrayList<>(result.warnings());
    if (ResultJsonWriter.exceeds(result.value(), limit)) {
      warnings.add("results truncated due to limit");
    }
    String stats = parameters.text("stats");
    StatsParameter.deprecation(stats).ifPresent(warnings::add);
    return Answer.annotated(
        json -> {
          json.beginObject().name("resultType").text(result.value().typeName()).name("result");
          new ResultJsonWriter(json).write(result.value(), limit);
          if (!stats.isEmpty()) {
            json.name("stats");
            StatsJsonWriter.write(json, result.stats());
          }
          json.endObject();
        },
        warnings,
        result.infos());
  }

  static ApiException failure(PromqlException e) {
    if (e.getCause() instanceof NotReadyException notReady) {
      return new ApiException(ErrorType.UNAVAILABLE, notReady.getMessage(), e);
    }
    return switch (e) {
      case QueryParseException parse -> ApiException.invalidParameter("query", parse.getMessage());
      case QueryNotBegunException late -> ApiException.invalidParameter("query", late.getMessage());
      case QueryCanceledException canceled ->
          new ApiException(ErrorType.CANCELED, canceled.getMessage(), e);
      case QueryTimeoutException timeout ->
          new ApiException(ErrorType.TIMEOUT, timeout.getMessage(), e);
      case QueryStorageException broken ->
          new ApiException(ErrorType.INTERNAL, broken.getMessage(), e);
      case QueryExecutionException execution ->
          new ApiException(ErrorType.EXECUTION, execution.getMessage(), e);
    };
  }
}
