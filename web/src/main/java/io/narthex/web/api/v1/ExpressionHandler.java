package io.narthex.web.api.v1;

import io.narthex.http.server.Exchange;
import io.narthex.promql.syntax.Depth;
import io.narthex.promql.syntax.Expr;
import io.narthex.promql.syntax.ParseException;
import io.narthex.promql.syntax.Parser;
import io.narthex.promql.syntax.ParserFeatures;
import io.narthex.promql.syntax.Prettifier;
import java.io.IOException;

/** `/format_query` and `/parse_query`: what needs a query's text but does not run it. */
final class ExpressionHandler {
  /** Beyond this, writing takes very long: a long chain is looked at once for each operator. */
  private static final int MAX_DEPTH = 3_000;

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

  private Expr parsedQuery(Exchange exchange) throws IOException {
    try {
      Expr expr = Parser.parse(ApiParameters.of(exchange).text("query"), features);
      if (Depth.exceeds(expr, MAX_DEPTH)) {
        throw ApiException.tooDeep();
      }
      return expr;
    } catch (ParseException e) {
      throw ApiException.invalidParameter("query", e.getMessage());
    }
  }
}
