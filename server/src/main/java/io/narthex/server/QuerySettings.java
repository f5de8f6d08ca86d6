package io.narthex.server;

import io.narthex.cli.FlagValues;
import io.narthex.promql.EngineOptions;
import java.util.function.LongUnaryOperator;

/** The query engine's settings, from flags and features. */
final class QuerySettings {
  private QuerySettings() {}

  /**
   * @param defaultSubqueryStep the evaluation interval in milliseconds, which a reload may change
   */
  static EngineOptions of(
      FlagValues flags, Features features, LongUnaryOperator defaultSubqueryStep) {
    return EngineOptions.defaults()
        .with()
        .maxSamples((int) Math.min(Integer.MAX_VALUE, flags.integer("query.max-samples")))
        .timeoutMillis(flags.durationMillis("query.timeout"))
        .maxConcurrency((int) flags.integer("query.max-concurrency"))
        .lookbackDeltaMillis(flags.durationMillis("query.lookback-delta"))
        .defaultSubqueryStep(defaultSubqueryStep)
        .perStepStats(features.has("promql-per-step-stats"))
        .delayedNameRemoval(features.has("promql-delayed-name-removal"))
        .typeAndUnitLabels(features.has("type-and-unit-labels"))
        .experimentalFunctions(features.has("promql-experimental-functions"))
        .durationExpressions(true)
        .extendedSelectors(features.has("promql-extended-range-selectors"))
        .useStartTimestamps(features.has("use-start-timestamps"))
        .binopFill(features.has("promql-binop-fill-modifiers"))
        .build();
  }
}
