package io.narthex.config;

import java.time.Duration;
import java.util.OptionalLong;

/**
 * What of the storage can change while the program runs.
 *
 * @param floatChunkEncoding {@code xor}, {@code xor2}, or empty for the flag's choice
 * @param hasRetention whether retention is configured here; then what is zero of it is without
 *     limit
 * @param retentionTime zero where not configured; likewise size and percentage
 * @param maxExemplars absent where not configured
 */
public record StorageConfig(
    Duration outOfOrderTimeWindow,
    double staleSeriesCompactionThreshold,
    String floatChunkEncoding,
    boolean hasRetention,
    Duration retentionTime,
    long retentionSizeBytes,
    double retentionPercentage,
    OptionalLong maxExemplars) {
  /** The size of the exemplar buffer where nothing is configured. */
  public static final long DEFAULT_MAX_EXEMPLARS = 100_000;
}
