package io.narthex.http.client;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/**
 * The headers that a configuration adds to each request. Files are read anew each time: whoever
 * rotates secrets need not reload anything.
 */
final class Credentials {
  private final HttpClientConfig config;

  Credentials(HttpClientConfig config) {
    this.config = config;
  }

  /** The Authorization header by configuration; empty where there is none. */
  String authorization() throws TransportException {
    if (config.basicAuth().isPresent()) {
      return basic(config.basicAuth().get());
    }
    if (config.authorization().isPresent()) {
      Authorization auth = config.authorization().get();
      String secret =
          FileContent.secret(
              "authorization credentials file", auth.credentials(), auth.credentialsFile());
      return secret.isEmpty() ? "" : auth.type() + " " + secret;
    }
    return "";
  }

  private static String basic(BasicAuth auth) throws TransportException {
    String user =
        auth.usernameFile().isEmpty()
            ? auth.username()
            : FileContent.read("basic auth username file", auth.usernameFile()).strip();
    String password =
        FileContent.secret("basic auth password file", auth.password(), auth.passwordFile());
    byte[] pair = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
    return "Basic " + Base64.getEncoder().encodeToString(pair);
  }

  /** All configured headers, one value at a time. */
  List<Map.Entry<String, String>> customHeaders() throws TransportException {
    if (config.headers().byName().isEmpty()) {
      return List.of();
    }
    List<Map.Entry<String, String>> all = new ArrayList<>();
    for (Map.Entry<String, HttpHeaders.Values> header : config.headers().byName().entrySet()) {
      HttpHeaders.Values values = header.getValue();
      String name = header.getKey();
      values.values().forEach(value -> all.add(Map.entry(name, value)));
      values.secrets().forEach(value -> all.add(Map.entry(name, value.value())));
      for (String file : values.files()) {
        all.add(Map.entry(name, FileContent.read("header file", file).strip()));
      }
    }
    return all;
  }
}
