package io.narthex.web.api.v1;

import java.net.URI;

/**
 * Makes URLs of targets on this machine reachable from elsewhere: the host becomes that of the
 * external URL, and where the target is this server itself, scheme and port too.
 */
final class GlobalUrl {
  /** A host and, if there is one, a port. */
  private record HostPort(String host, String port) {
    static HostPort split(String text) {
      int colon = text.lastIndexOf(':');
      boolean hasPort =
          colon > text.lastIndexOf(']') && (text.startsWith("[") || text.indexOf(':') == colon);
      String host = hasPort && colon >= 0 ? text.substring(0, colon) : text;
      String port = hasPort && colon >= 0 ? text.substring(colon + 1) : "";
      if (host.startsWith("[") && host.endsWith("]")) {
        host = host.substring(1, host.length() - 1);
      }
      return new HostPort(host, port);
    }

    boolean isLocal() {
      return host.equals("localhost") || host.equals("127.0.0.1") || host.equals("::1");
    }
  }

  private final String externalScheme;
  private final String externalAuthority;
  private final String ownPort;

  GlobalUrl(URI externalUrl, String listenAddress) {
    this.externalScheme = externalUrl.getScheme();
    this.externalAuthority = externalUrl.getRawAuthority();
    this.ownPort = HostPort.split(listenAddress).port();
  }

  /** The URL as it is seen from elsewhere. */
  String of(String url) {
    int start = url.indexOf("://");
    if (start < 0) {
      return url;
    }
    start += 3;
    int end = start;
    while (end < url.length() && "/?#".indexOf(url.charAt(end)) < 0) {
      end++;
    }
    HostPort target = HostPort.split(url.substring(start, end));
    if (!target.isLocal()) {
      return url;
    }
    String rest = url.substring(end);
    if (target.port().equals(ownPort)) {
      return externalScheme + "://" + externalAuthority + rest;
    }
    String host = HostPort.split(externalAuthority).host();
    String bracketed = host.indexOf(':') >= 0 ? "[" + host + "]" : host;
    String authority = target.port().isEmpty() ? host : bracketed + ":" + target.port();
    return url.substring(0, start) + authority + rest;
  }
}
