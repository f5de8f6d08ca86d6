package io.narthex.http.client;

import java.util.Optional;

/**
 * How to speak HTTP to somebody: authentication (at most one kind), TLS, proxies, headers.
 *
 * <p>Mirrors Prometheus' {@code http_config}; {@code bearer_token} and its file have become an
 * {@link Authorization} already.
 */
public record HttpClientConfig(
    Optional<BasicAuth> basicAuth,
    Optional<Authorization> authorization,
    Optional<OAuth2Config> oauth2,
    TlsConfig tls,
    boolean followRedirects,
    boolean enableHttp2,
    ProxyConfig proxy,
    HttpHeaders headers) {
  /** Follows redirects, speaks HTTP/2 where offered, shows no credentials. */
  public static final HttpClientConfig DEFAULT =
      new HttpClientConfig(
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          TlsConfig.DEFAULT,
          true,
          true,
          ProxyConfig.NONE,
          HttpHeaders.NONE);

  public HttpClientConfig withBasicAuth(BasicAuth auth) {
    return new HttpClientConfig(
        Optional.of(auth),
        authorization,
        oauth2,
        tls,
        followRedirects,
        enableHttp2,
        proxy,
        headers);
  }
}
