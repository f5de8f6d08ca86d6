package io.narthex.promql;

import java.util.List;

/**
 * The answer to a query.
 *
 * @param warnings annotations and storage warnings, as Prometheus prints them: {@code PromQL
 *     warning: … (1:5)}
 * @param infos annotations of the weaker kind: {@code PromQL info: … (1:5)}
 */
public record QueryResult(
    Value value, List<String> warnings, List<String> infos, QueryStats stats) {
  public QueryResult {
    warnings = List.copyOf(warnings);
    infos = List.copyOf(infos);
  }
}
