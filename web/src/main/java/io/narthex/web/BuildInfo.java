package io.narthex.web;

/**
 * What was built, as `/api/v1/status/buildinfo` and `/version` show it.
 *
 * @param version the version of Prometheus whose behaviour this one has; clients decide by it what
 *     they may ask for
 * @param runtimeVersion shown as {@code goVersion}
 */
public record BuildInfo(
    String version,
    String revision,
    String branch,
    String buildUser,
    String buildDate,
    String runtimeVersion) {}
