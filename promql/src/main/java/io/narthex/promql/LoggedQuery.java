package io.narthex.promql;

import java.util.Optional;

/**
 * A query that has come to its end, for the query log. Times are milliseconds.
 *
 * @param stepMillis 0 for an instant query
 * @param error why there is no result
 */
public record LoggedQuery(
    String query,
    long startMillis,
    long endMillis,
    long stepMillis,
    Optional<String> error,
    QueryStats stats,
    QueryOrigin origin) {}
