package io.narthex.web.api.v1;

import io.narthex.http.server.Exchange;
import io.narthex.promql.syntax.Expr;
import io.narthex.promql.syntax.ParseException;
import io.narthex.promql.syntax.Parser;
import io.narthex.promql.syntax.ParserFeatures;
import io.narthex.promql.syntax.Prettifier;
import java.io.IOException;

/**
 * `/format_query`, `/parse_query` and `/query_exemplars`: what needs a query's text but does not
 * run it.
 */
final class ExpressionHandler {
  private final ParserFeatures features;

  ExpressionHandler(ParserFeatures features) {
    this.features = features;
  }

  Answer format(Exchange exchange) throws IOException {
    Expr expr = parsedQuery(exchange);
    return Answer.of(json -> json.text(Prettifier.pretty(expr)));
  }

  Answer parse(Exchange exchange) throws IOException {
    Expr expr = parsedQuery(exchange);
    return Answer.of(json -> new AstJson(json).write(expr));
  }

  /** No exemplars are stored, so a valid request finds none. */
  Answer exemplars(Exchange exchange) throws IOException {
    ApiParameters parameters = ApiParameters.of(exchange);
    ApiTime start = parameters.time("start", ApiTime.MIN);
    ApiTime end = parameters.time("end", ApiTime.MAX);
    if (end.compareTo(start) < 0) {
      throw ApiException.badData("end timestamp must not be before start timestamp");
    }
    Expr expr;
    try {
      expr = Parser.parse(parameters.text("query"), features);
    } catch (ParseException e) {
      throw new ApiException(ErrorType.BAD_DATA, e.getMessage(), e);
    }
    return Selectors.in(expr) ? Answer.of(json -> json.beginArray().endArray()) : Answer.NONE;
  }

  private Expr parsedQuery(Exchange exchange) throws IOException {
    try {
      return Parser.parse(ApiParameters.of(exchange).text("query"), features);
    } catch (ParseException e) {
      throw ApiException.invalidParameter("query", e.getMessage());
    }
  }
}
