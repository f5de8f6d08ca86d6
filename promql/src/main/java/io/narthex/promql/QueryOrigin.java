package io.narthex.promql;

import java.util.Map;
import java.util.TreeMap;

/**
 * Who asked for a query, as the query log tells.
 *
 * @param kind names the details, as {@code httpRequest}; empty where nothing is known
 * @param details in the order of their names
 */
public record QueryOrigin(String kind, Map<String, String> details) {
  public static final QueryOrigin UNKNOWN = new QueryOrigin("", Map.of());

  /** A request over HTTP. */
  public static QueryOrigin httpRequest(String clientIp, String method, String path) {
    return new QueryOrigin(
        "httpRequest", new TreeMap<>(Map.of("clientIP", clientIp, "method", method, "path", path)));
  }

  /** A rule of a group. */
  public static QueryOrigin ruleGroup(String file, String name) {
    return new QueryOrigin("ruleGroup", new TreeMap<>(Map.of("file", file, "name", name)));
  }
}
