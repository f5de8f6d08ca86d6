package io.narthex.tool.query;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** Parameters of a request, as forms and URLs encode them. */
public final class Parameters {
  private final StringBuilder encoded = new StringBuilder();

  public Parameters add(String name, String value) {
    encoded.append(encoded.isEmpty() ? "" : "&");
    encoded.append(URLEncoder.encode(name, StandardCharsets.UTF_8)).append('=');
    encoded.append(URLEncoder.encode(value, StandardCharsets.UTF_8));
    return this;
  }

  /** Leaves it out where it is empty. */
  public Parameters addIfGiven(String name, String value) {
    return value.isEmpty() ? this : add(name, value);
  }

  public String encoded() {
    return encoded.toString();
  }
}
