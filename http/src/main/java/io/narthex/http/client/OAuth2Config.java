package io.narthex.http.client;

import java.util.List;
import java.util.Map;

/**
 * How to get a token for each request.
 *
 * <p>With the grant type {@link #JWT_BEARER} the token is asked for with a signed assertion
 * (certificate key, claims); with any other (empty included) by client identifier and secret.
 *
 * @param claims further claims of the assertion; values are text, numbers, booleans, lists or maps
 * @param endpointParams further parameters of the token request
 */
public record OAuth2Config(
    String clientId,
    Secret clientSecret,
    String clientSecretFile,
    String clientCertificateKeyId,
    Secret clientCertificateKey,
    String clientCertificateKeyFile,
    String grantType,
    String signatureAlgorithm,
    String issuer,
    String audience,
    Map<String, Object> claims,
    List<String> scopes,
    String tokenUrl,
    Map<String, String> endpointParams,
    TlsConfig tls,
    ProxyConfig proxy) {
  public static final String JWT_BEARER = "urn:ietf:params:oauth:grant-type:jwt-bearer";

  public OAuth2Config {
    claims = Map.copyOf(claims);
    scopes = List.copyOf(scopes);
    endpointParams = Map.copyOf(endpointParams);
  }
}
