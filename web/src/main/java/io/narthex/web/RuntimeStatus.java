package io.narthex.web;

import java.time.Instant;

/**
 * The part of `/api/v1/status/runtimeinfo` that only the composition root knows.
 *
 * @param lastConfigTime when the configuration was last loaded with success
 * @param storageRetention as {@code 15d or 10GiB}; empty where nothing limits it
 */
public record RuntimeStatus(
    Instant startTime,
    String workingDirectory,
    String hostname,
    boolean reloadConfigSuccess,
    Instant lastConfigTime,
    String storageRetention) {}
