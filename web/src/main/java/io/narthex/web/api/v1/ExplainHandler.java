package io.narthex.web.api.v1;

import io.narthex.http.server.Exchange;
import io.narthex.promql.Engine;
import io.narthex.promql.PromqlException;
import io.narthex.promql.QueryOptions;
import io.narthex.promql.explain.Explanation;
import io.narthex.promql.explain.MetricTypes;
import io.narthex.promql.plan.QueryTimes;
import io.narthex.storage.Queryable;
import java.io.IOException;
import java.util.function.LongSupplier;

/**
 * `/query_explain`: how a query is evaluated and, with {@code analyze=true}, what it costs. An
 * addition to Prometheus' API, with the parameters of `/query`, or with a start those of
 * `/query_range`.
 */
final class ExplainHandler {
  private final Engine engine;
  private final Queryable storage;
  private final MetricTypes types;
  private final LongSupplier nowMillis;

  ExplainHandler(Engine engine, Queryable storage, MetricTypes types, LongSupplier nowMillis) {
    this.engine = engine;
    this.storage = storage;
    this.types = types;
    this.nowMillis = nowMillis;
  }

  Answer explain(Exchange exchange) throws IOException {
    ApiParameters parameters = ApiParameters.of(exchange);
    int unused = parameters.limit();
    QueryTimes times =
        parameters.text("start").isEmpty()
            ? QueryHandler.instantTimes(parameters, nowMillis.getAsLong())
            : QueryHandler.rangeTimes(parameters);
    boolean analyze = analyze(parameters);
    QueryOptions options = QueryHandler.options(parameters, exchange).withPerStepStats(analyze);
    String query = parameters.text("query");
    Explanation explanation;
    try {
      explanation = engine.explain(storage, query, times, options, analyze, types);
    } catch (PromqlException e) {
      throw QueryHandler.failure(e);
    }
    return Answer.annotated(
        json -> new ExplainJson(json, query).write(explanation),
        explanation.warnings(),
        explanation.infos());
  }

  private static boolean analyze(ApiParameters parameters) {
    return switch (parameters.text("analyze")) {
      case "", "false", "0" -> false;
      case "true", "1" -> true;
      default -> throw ApiException.invalidParameter("analyze", "must be true or false");
    };
  }
}
