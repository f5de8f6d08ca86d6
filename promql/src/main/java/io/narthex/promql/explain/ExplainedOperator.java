package io.narthex.promql.explain;

import io.narthex.promql.syntax.PositionRange;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One operator of a query.
 *
 * @param kind what kind of operator, as {@code range function}
 * @param text the part of the query that it stands for, cut where it is long
 * @param position where that part is
 * @param details what else there is to know, by name
 * @param steps at how many times it is evaluated
 * @param estimate what was expected before anything was evaluated
 * @param actual what came of it; empty where the query was not run
 * @param inputs what it reads, in the order in which they were planned
 */
public record ExplainedOperator(
    String kind,
    String text,
    PositionRange position,
    Map<String, String> details,
    int steps,
    Estimate estimate,
    Optional<Actual> actual,
    List<ExplainedOperator> inputs) {

  /**
   * @param series label sets; empty where nothing can be said
   * @param exact whether labels alone tell the number; else it is the most that is possible
   * @param samples what storage will hand out, by the density of a few series; empty where it is
   *     not asked or nothing is known
   */
  public record Estimate(OptionalLong series, boolean exact, OptionalLong samples) {}

  /**
   * Work without that of the inputs, added over all threads.
   *
   * @param seriesIn label sets of the inputs
   * @param seriesOut label sets
   * @param seriesWithSamples of the series computed, those that had any sample
   * @param samplesOut samples yielded
   * @param samplesDecoded samples that storage handed out
   * @param chunksDecoded chunks that storage decoded for them
   * @param totalQueryableSamples this operator's part of the statistic of that name
   * @param samplesRead likewise
   * @param wallNanos time that threads were in it
   * @param cpuNanos time that processors worked in it
   * @param heldBytes the most bytes of columns that it held
   * @param cacheHits times that its series had been looked up for another part already
   */
  public record Actual(
      long seriesIn,
      long seriesOut,
      long seriesWithSamples,
      long samplesOut,
      long samplesDecoded,
      long chunksDecoded,
      long totalQueryableSamples,
      long samplesRead,
      long wallNanos,
      long cpuNanos,
      long heldBytes,
      int cacheHits) {}
}
