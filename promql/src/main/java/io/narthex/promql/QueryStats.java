package io.narthex.promql;

/**
 * What a query cost, as {@code stats=all} shows it. Times are seconds.
 *
 * @param samplesPerStep samples per step where asked for, else empty; step i is at {@code
 *     startMillis + i * stepMillis}
 */
public record QueryStats(
    double evalTotalTime,
    double resultSortTime,
    double queryPreparationTime,
    double innerEvalTime,
    double execQueueTime,
    double execTotalTime,
    long totalQueryableSamples,
    long samplesRead,
    long peakSamples,
    long startMillis,
    long stepMillis,
    long[] samplesPerStep,
    long[] samplesReadPerStep) {}
