package io.narthex.promql;

import java.util.function.LongUnaryOperator;

/**
 * Settings of an engine; {@link #defaults} are those of a Prometheus server.
 *
 * @param maxSamples most samples that one query may hold in memory
 * @param timeoutMillis longest time for one query, from when it no longer waits
 * @param maxConcurrency most queries that run at once; others wait
 * @param lookbackDeltaMillis how far an instant selector looks back
 * @param defaultSubqueryStep step in milliseconds of a subquery that names none, given its range;
 *     asked at every query, so that a reload may change it
 * @param perStepStats whether queries may ask for statistics per step
 * @param atModifier whether {@code @} is allowed
 * @param negativeOffset whether negative offsets are allowed
 * @param delayedNameRemoval whether the metric name is dropped only from the final result
 * @param typeAndUnitLabels whether the labels {@code __type__} and {@code __unit__} are known
 * @param useStartTimestamps whether start timestamps tell counter resets
 * @param experimentalFunctions whether functions marked experimental are known
 * @param durationExpressions whether durations may be computed
 * @param extendedSelectors whether {@code anchored} and {@code smoothed} are known
 * @param binopFill whether {@code fill} modifiers are known
 * @param computeThreads threads that compute one query; 1 computes it on a single one
 */
public record EngineOptions(
    int maxSamples,
    long timeoutMillis,
    int maxConcurrency,
    long lookbackDeltaMillis,
    LongUnaryOperator defaultSubqueryStep,
    boolean perStepStats,
    boolean atModifier,
    boolean negativeOffset,
    boolean delayedNameRemoval,
    boolean typeAndUnitLabels,
    boolean useStartTimestamps,
    boolean experimentalFunctions,
    boolean durationExpressions,
    boolean extendedSelectors,
    boolean binopFill,
    int computeThreads) {

  public static EngineOptions defaults() {
    return new Builder().build();
  }

  /** Starts from these settings. */
  public Builder with() {
    Builder builder = new Builder();
    builder.maxSamples = maxSamples;
    builder.timeoutMillis = timeoutMillis;
    builder.maxConcurrency = maxConcurrency;
    builder.lookbackDeltaMillis = lookbackDeltaMillis;
    builder.defaultSubqueryStep = defaultSubqueryStep;
    builder.perStepStats = perStepStats;
    builder.atModifier = atModifier;
    builder.negativeOffset = negativeOffset;
    builder.delayedNameRemoval = delayedNameRemoval;
    builder.typeAndUnitLabels = typeAndUnitLabels;
    builder.useStartTimestamps = useStartTimestamps;
    builder.experimentalFunctions = experimentalFunctions;
    builder.durationExpressions = durationExpressions;
    builder.extendedSelectors = extendedSelectors;
    builder.binopFill = binopFill;
    builder.computeThreads = computeThreads;
    return builder;
  }

  /** Changes settings one by one. */
  public static final class Builder {
    private int maxSamples = 50_000_000;
    private long timeoutMillis = 120_000;
    private int maxConcurrency = 20;
    private long lookbackDeltaMillis = 300_000;
    private LongUnaryOperator defaultSubqueryStep = range -> 60_000;
    private boolean perStepStats = true;
    private boolean atModifier = true;
    private boolean negativeOffset = true;
    private boolean delayedNameRemoval;
    private boolean typeAndUnitLabels;
    private boolean useStartTimestamps;
    private boolean experimentalFunctions;
    private boolean durationExpressions;
    private boolean extendedSelectors;
    private boolean binopFill;
    private int computeThreads = Runtime.getRuntime().availableProcessors();

    public Builder maxSamples(int samples) {
      maxSamples = samples;
      return this;
    }

    public Builder timeoutMillis(long millis) {
      timeoutMillis = millis;
      return this;
    }

    public Builder maxConcurrency(int queries) {
      maxConcurrency = queries;
      return this;
    }

    public Builder lookbackDeltaMillis(long millis) {
      lookbackDeltaMillis = millis;
      return this;
    }

    public Builder defaultSubqueryStep(LongUnaryOperator stepOfRange) {
      defaultSubqueryStep = stepOfRange;
      return this;
    }

    public Builder perStepStats(boolean on) {
      perStepStats = on;
      return this;
    }

    public Builder atModifier(boolean on) {
      atModifier = on;
      return this;
    }

    public Builder negativeOffset(boolean on) {
      negativeOffset = on;
      return this;
    }

    public Builder delayedNameRemoval(boolean on) {
      delayedNameRemoval = on;
      return this;
    }

    public Builder typeAndUnitLabels(boolean on) {
      typeAndUnitLabels = on;
      return this;
    }

    public Builder useStartTimestamps(boolean on) {
      useStartTimestamps = on;
      return this;
    }

    public Builder experimentalFunctions(boolean on) {
      experimentalFunctions = on;
      return this;
    }

    public Builder durationExpressions(boolean on) {
      durationExpressions = on;
      return this;
    }

    public Builder extendedSelectors(boolean on) {
      extendedSelectors = on;
      return this;
    }

    public Builder binopFill(boolean on) {
      binopFill = on;
      return this;
    }

    public Builder computeThreads(int threads) {
      computeThreads = threads;
      return this;
    }

    public EngineOptions build() {
      return new EngineOptions(
          maxSamples,
          timeoutMillis,
          maxConcurrency,
          lookbackDeltaMillis,
          defaultSubqueryStep,
          perStepStats,
          atModifier,
          negativeOffset,
          delayedNameRemoval,
          typeAndUnitLabels,
          useStartTimestamps,
          experimentalFunctions,
          durationExpressions,
          extendedSelectors,
          binopFill,
          computeThreads);
    }
  }
}
