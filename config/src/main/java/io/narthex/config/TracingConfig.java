package io.narthex.config;

import io.narthex.http.client.TlsConfig;
import java.time.Duration;
import java.util.Map;

/**
 * Where spans go.
 *
 * @param clientType {@code grpc} or {@code http}
 * @param compression {@code gzip} or empty
 */
public record TracingConfig(
    String clientType,
    String endpoint,
    double samplingFraction,
    boolean insecure,
    TlsConfig tls,
    Map<String, String> headers,
    String compression,
    Duration timeout) {}
