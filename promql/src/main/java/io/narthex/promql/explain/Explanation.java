package io.narthex.promql.explain;

import io.narthex.promql.QueryStats;
import java.util.List;
import java.util.Optional;

/**
 * A query explained.
 *
 * @param plan the outermost operator; empty for a string
 * @param stats what the query cost in all; empty where it was not run
 * @param error why it yields no result, where it was run and failed
 * @param hints in the order of the query
 * @param warnings what the query itself warns of
 * @param infos likewise
 */
public record Explanation(
    Optional<ExplainedOperator> plan,
    Optional<QueryStats> stats,
    Optional<String> error,
    List<Hint> hints,
    List<String> warnings,
    List<String> infos) {}
