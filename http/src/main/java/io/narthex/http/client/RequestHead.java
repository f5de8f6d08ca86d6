package io.narthex.http.client;

import io.narthex.http.client.TransportException.Kind;
import io.narthex.model.labels.GoQuote;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** Writes the request line and the headers of a GET request. */
final class RequestHead {
  private static final int HTTP_PORT = 80;

  private final StringBuilder text = new StringBuilder(512);

  RequestHead(URI url, RequestTarget target) {
    String path = url.getRawPath() == null || url.getRawPath().isEmpty() ? "/" : url.getRawPath();
    text.append("GET ").append(path);
    if (url.getRawQuery() != null) {
      text.append('?').append(url.getRawQuery());
    }
    boolean literal6 = target.host().indexOf(':') >= 0;
    text.append(" HTTP/1.1\r\nHost: ").append(literal6 ? "[" : "").append(target.host());
    text.append(literal6 ? "]" : "");
    if (target.port() != HTTP_PORT) {
      text.append(':').append(target.port());
    }
    text.append("\r\n");
  }

  /**
   * Adds a header.
   *
   * @throws TransportException where the value would break out of its line
   */
  void add(String name, String value) throws TransportException {
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if ((c < ' ' && c != '\t') || c == 0x7f) {
        throw new TransportException(
            Kind.CONFIG, "net/http: invalid header field value for " + GoQuote.quote(name));
      }
    }
    text.append(name).append(": ").append(value).append("\r\n");
  }

  byte[] bytes() {
    return text.append("\r\n").toString().getBytes(StandardCharsets.UTF_8);
  }
}
