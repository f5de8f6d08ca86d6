package io.narthex.http.server;

/**
 * An address to listen on: {@code host:port}, {@code :port} or {@code [v6]:port}. An empty host is
 * any.
 */
record ListenAddress(String host, int port) {
  static ListenAddress parse(String text) {
    int colon = text.lastIndexOf(':');
    boolean bracketed = text.startsWith("[");
    if (colon < 0 || bracketed && text.lastIndexOf(']') > colon) {
      throw invalid(text, "missing port in address");
    }
    String host = text.substring(0, colon);
    if (bracketed && host.endsWith("]")) {
      host = host.substring(1, host.length() - 1);
    } else if (host.indexOf(':') >= 0) {
      throw invalid(text, "too many colons in address");
    }
    try {
      int port = Integer.parseInt(text.substring(colon + 1));
      if (port >= 0 && port <= 65535) {
        return new ListenAddress(host, port);
      }
    } catch (NumberFormatException e) {
      // Refused below, as a number out of range is.
    }
    throw invalid(text, "invalid port");
  }

  private static HttpServerException invalid(String text, String reason) {
    return new HttpServerException("listen tcp: address " + text + ": " + reason);
  }
}
