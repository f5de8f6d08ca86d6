package io.narthex.http.client;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.function.BiConsumer;

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

  /** Hands all configured headers over, one value at a time. */
  void customHeaders(BiConsumer<String, String> add) throws TransportException {
    for (Map.Entry<String, HttpHeaders.Values> header : config.headers().byName().entrySet()) {
      HttpHeaders.Values values = header.getValue();
      values.values().forEach(value -> add.accept(header.getKey(), value));
      values.secrets().forEach(value -> add.accept(header.getKey(), value.value()));
      for (String file : values.files()) {
        add.accept(header.getKey(), FileContent.read("header file", file).strip());
      }
    }
  }
}
