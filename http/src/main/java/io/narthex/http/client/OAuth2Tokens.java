package io.narthex.http.client;

import io.narthex.http.client.TransportException.Kind;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Gets access tokens with client identifier and secret (RFC 6749, 4.4) and keeps each until shortly
 * before it expires.
 */
final class OAuth2Tokens implements AutoCloseable {
  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final long MARGIN_NANOS = TimeUnit.SECONDS.toNanos(10);
  private static final Pattern TOKEN =
      Pattern.compile("\"access_token\"\\s*:\\s*\"((?:[^\"\\\\]|\\\\.)*)\"");
  private static final Pattern TYPE = Pattern.compile("\"token_type\"\\s*:\\s*\"([^\"]*)\"");
  private static final Pattern EXPIRES = Pattern.compile("\"expires_in\"\\s*:\\s*\"?(\\d+)");

  private final OAuth2Config config;
  private final Transport transport;
  private final ReentrantLock lock = new ReentrantLock();
  private Optional<String> authorization = Optional.empty();
  private String secretUsed = "";
  private long expiresNanos;

  OAuth2Tokens(OAuth2Config config, TransportRuntime runtime) throws TransportException {
    if (config.grantType().equals(OAuth2Config.JWT_BEARER)) {
      throw new TransportException(
          Kind.CONFIG,
          "oauth2: grant_type "
              + OAuth2Config.JWT_BEARER
              + " is not supported; use a client secret");
    }
    this.config = config;
    this.transport =
        new Transport(
            new HttpClientConfig(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                config.tls(),
                true,
                false,
                config.proxy(),
                HttpHeaders.NONE),
            runtime);
  }

  /** The Authorization header. */
  String authorization() throws TransportException {
    String secret =
        FileContent.secret(
            "oauth2 client secret file", config.clientSecret(), config.clientSecretFile());
    lock.lock();
    try {
      boolean valid = authorization.isPresent() && System.nanoTime() - expiresNanos < 0;
      if (!valid || !secret.equals(secretUsed)) {
        fetch(secret);
      }
      return authorization.orElse("");
    } finally {
      lock.unlock();
    }
  }

  private void fetch(String secret) throws TransportException {
    BodyBuffer body = new BodyBuffer(1024);
    String pair = form(config.clientId()) + ":" + form(secret);
    TransportRequest request =
        TransportRequest.post(
                URI.create(config.tokenUrl()),
                Map.of(
                    "Content-Type",
                    "application/x-www-form-urlencoded",
                    "Authorization",
                    "Basic "
                        + Base64.getEncoder()
                            .encodeToString(pair.getBytes(StandardCharsets.UTF_8))),
                parameters().getBytes(StandardCharsets.UTF_8),
                TIMEOUT)
            .withBodyLimit(1 << 20);
    TransportResponse response = transport.send(request, body);
    String text = new String(body.bytes(), 0, body.length(), StandardCharsets.UTF_8);
    Matcher token = TOKEN.matcher(text);
    if (response.status() / 100 != 2 || !token.find()) {
      throw new TransportException(
          Kind.PROTOCOL,
          "oauth2: cannot fetch token: " + response.statusLine() + "\nResponse: " + text);
    }
    Matcher type = TYPE.matcher(text);
    Matcher expires = EXPIRES.matcher(text);
    String scheme =
        type.find() && !type.group(1).equalsIgnoreCase("bearer") ? type.group(1) : "Bearer";
    authorization = Optional.of(scheme + " " + token.group(1).replace("\\/", "/"));
    secretUsed = secret;
    long lifetime =
        expires.find() ? TimeUnit.SECONDS.toNanos(seconds(expires.group(1))) : Long.MAX_VALUE / 4;
    expiresNanos = System.nanoTime() + Math.max(0, lifetime - MARGIN_NANOS);
  }

  private static long seconds(String digits) {
    return digits.length() > 9 ? 1_000_000_000L : Long.parseLong(digits);
  }

  private String parameters() {
    StringBuilder out = new StringBuilder("grant_type=client_credentials");
    if (!config.scopes().isEmpty()) {
      out.append("&scope=").append(form(String.join(" ", config.scopes())));
    }
    config
        .endpointParams()
        .forEach(
            (name, value) -> out.append('&').append(form(name)).append('=').append(form(value)));
    return out.toString();
  }

  private static String form(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    transport.close();
  }
}
