package io.narthex.http.client;

import java.util.List;
import java.util.Map;

/** Headers to send with each request, by name. */
public record HttpHeaders(Map<String, Values> byName) {
  public static final HttpHeaders NONE = new HttpHeaders(Map.of());

  /**
   * The values of one header: shown ones, secret ones, and files with one value each, sent in this
   * order.
   */
  public record Values(List<String> values, List<Secret> secrets, List<String> files) {
    public Values {
      values = List.copyOf(values);
      secrets = List.copyOf(secrets);
      files = List.copyOf(files);
    }
  }

  public HttpHeaders {
    byName = Map.copyOf(byName);
  }
}
