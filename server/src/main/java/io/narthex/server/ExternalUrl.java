package io.narthex.server;

import io.narthex.cli.FlagValues;
import io.narthex.cli.UsageException;
import io.narthex.model.labels.GoQuote;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;

/** Under which URL the server is reached from outside, and below which path it serves. */
record ExternalUrl(URI uri, String routePrefix) {

  /** As the flags of a command line have it. */
  static ExternalUrl of(FlagValues flags) {
    return of(
        flags.text("web.external-url"),
        flags.text("web.route-prefix"),
        flags.list("web.listen-address").getFirst());
  }

  /**
   * @param flag {@code --web.external-url}; derived from host name and port where it is empty or
   *     only a path
   * @param prefixFlag {@code --web.route-prefix}; the URL's path where it is empty
   * @throws UsageException where the flag is no URL or the address has no port
   */
  static ExternalUrl of(String flag, String prefixFlag, String listenAddress) {
    boolean onlyPath = flag.isEmpty() || flag.startsWith("/") && !flag.startsWith("//");
    URI uri = onlyPath ? derive(listenAddress, flag) : parse(flag, flag);
    String path = normalize(uri.getPath() == null ? "" : uri.getPath());
    String prefix = normalize(prefixFlag.isEmpty() ? path : prefixFlag);
    return new ExternalUrl(
        URI.create(uri.getScheme() + "://" + uri.getAuthority() + path),
        prefix.isEmpty() ? "/" : prefix);
  }

  private static URI parse(String flag, String url) {
    String text = url.startsWith("\"") || url.startsWith("'") ? "" : url;
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

  private static URI derive(String listenAddress, String path) {
    String port = listenAddress.substring(listenAddress.lastIndexOf(':') + 1);
    String here = "http://" + hostname() + ":" + port;
    try {
      URI unused = new URI(here);
    } catch (URISyntaxException e) {
      throw new UsageException("--web.listen-address=" + listenAddress + ": invalid port");
    }
    return parse(path, here + (path.isEmpty() ? "/" : path));
  }

  /** The path before that of a page or of the API: empty at the root. */
  String pathPrefix() {
    return normalize(routePrefix);
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
