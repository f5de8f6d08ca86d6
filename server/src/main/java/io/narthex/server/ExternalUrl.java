package io.narthex.server;

import io.narthex.model.labels.GoQuote;
import io.narthex.server.flags.UsageException;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;

/** Under which URL the server is reached from outside, and below which path it serves. */
record ExternalUrl(URI uri, String routePrefix) {

  /**
   * @param flag {@code --web.external-url}; derived from host name and port where it is empty
   * @param prefixFlag {@code --web.route-prefix}; the URL's path where it is empty
   * @throws UsageException where the flag is no URL or the address has no port
   */
  static ExternalUrl of(String flag, String prefixFlag, String listenAddress) {
    URI uri = flag.isEmpty() ? derive(listenAddress) : parse(flag);
    String path = normalize(uri.getPath() == null ? "" : uri.getPath());
    String prefix = normalize(prefixFlag.isEmpty() ? path : prefixFlag);
    return new ExternalUrl(
        URI.create(uri.getScheme() + "://" + uri.getAuthority() + path),
        prefix.isEmpty() ? "/" : prefix);
  }

  private static URI parse(String flag) {
    String text = flag.startsWith("\"") || flag.startsWith("'") ? "" : flag;
    try {
      URI uri = new URI(text.contains("://") ? text : "http://" + text);
      if (uri.getAuthority() != null) {
        return uri;
      }
    } catch (URISyntaxException e) {
      throw new UsageException("parse external URL " + GoQuote.quote(flag) + ": " + e.getMessage());
    }
    throw new UsageException("parse external URL " + GoQuote.quote(flag) + ": it names no host");
  }

  private static URI derive(String listenAddress) {
    String port = listenAddress.substring(listenAddress.lastIndexOf(':') + 1);
    try {
      return new URI("http://" + hostname() + ":" + port + "/");
    } catch (URISyntaxException e) {
      throw new UsageException("--web.listen-address=" + listenAddress + ": invalid port");
    }
  }

  static String hostname() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "localhost";
    }
  }

  /** With a leading and without a trailing slash; empty for the root. */
  private static String normalize(String path) {
    String stripped = path;
    while (stripped.endsWith("/")) {
      stripped = stripped.substring(0, stripped.length() - 1);
    }
    return stripped.isEmpty() || stripped.startsWith("/") ? stripped : "/" + stripped;
  }
}
