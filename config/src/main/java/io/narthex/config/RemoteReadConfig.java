package io.narthex.config;

import io.narthex.http.client.HttpClientConfig;
import java.time.Duration;
import java.util.Map;

/** A remote system that is asked for samples beside the local database. */
public record RemoteReadConfig(
    String url,
    String name,
    Duration remoteTimeout,
    long chunkedReadLimitBytes,
    Map<String, String> headers,
    boolean readRecent,
    boolean filterExternalLabels,
    Map<String, String> requiredMatchers,
    HttpClientConfig http) {}
