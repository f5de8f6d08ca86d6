package io.narthex.http.client;

import java.net.URI;
import java.time.Duration;
import java.util.Map;

/**
 * One request. Headers here win over those of the client's configuration, except authentication.
 *
 * @param body what is sent; empty for none
 * @param timeout for everything from connecting to the last byte of the answer
 * @param bodyLimit how many bytes of the answer's body, after decompression, are too many; 0 for no
 *     limit but the transport's own
 */
public record TransportRequest(
    String method,
    URI url,
    Map<String, String> headers,
    byte[] body,
    Duration timeout,
    long bodyLimit) {
  private static final byte[] NO_BODY = {};

  public static TransportRequest get(URI url, Map<String, String> headers, Duration timeout) {
    return new TransportRequest("GET", url, headers, NO_BODY, timeout, 0);
  }

  public static TransportRequest post(
      URI url, Map<String, String> headers, byte[] body, Duration timeout) {
    return new TransportRequest("POST", url, headers, body, timeout, 0);
  }

  public TransportRequest withBodyLimit(long limit) {
    return new TransportRequest(method, url, headers, body, timeout, limit);
  }
}
