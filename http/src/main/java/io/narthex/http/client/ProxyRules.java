package io.narthex.http.client;

import io.narthex.http.client.TransportException.Kind;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Which proxy a request goes through, by {@code proxy_url} and {@code no_proxy} or by the
 * environment. The rules of {@code no_proxy} are those of Go's httpproxy: addresses, networks,
 * domains with their subdomains, each perhaps with a port; {@code *} is everything.
 */
final class ProxyRules {
  private final Optional<URI> plain;
  private final Optional<URI> secure;
  private final List<String> exceptions;
  private final boolean exceptLoopback;

  private ProxyRules(
      Optional<URI> plain, Optional<URI> secure, List<String> exceptions, boolean exceptLoopback) {
    this.plain = plain;
    this.secure = secure;
    this.exceptions = exceptions;
    this.exceptLoopback = exceptLoopback;
  }

  static ProxyRules of(ProxyConfig config, Map<String, String> environment)
      throws TransportException {
    if (config.fromEnvironment()) {
      return new ProxyRules(
          proxy(variable(environment, "HTTP_PROXY")),
          proxy(variable(environment, "HTTPS_PROXY")),
          exceptions(variable(environment, "NO_PROXY")),
          true);
    }
    Optional<URI> proxy = proxy(config.url());
    return new ProxyRules(proxy, proxy, exceptions(config.noProxy()), !config.noProxy().isEmpty());
  }

  private static String variable(Map<String, String> environment, String name) {
    String value = environment.getOrDefault(name, "");
    return value.isEmpty() ? environment.getOrDefault(name.toLowerCase(Locale.ROOT), "") : value;
  }

  private static Optional<URI> proxy(String url) throws TransportException {
    if (url.isEmpty()) {
      return Optional.empty();
    }
    try {
      URI uri = URI.create(url.contains("://") ? url : "http://" + url);
      if (uri.getHost() == null
          || !List.of("http", "https", "socks5", "socks5h").contains(uri.getScheme())) {
        throw new IllegalArgumentException("scheme must be http, https or socks5");
      }
      return Optional.of(uri);
    } catch (IllegalArgumentException e) {
      throw new TransportException(
          Kind.CONFIG, "invalid proxy_url \"" + url + "\": " + e.getMessage(), e);
    }
  }

  private static List<String> exceptions(String list) {
    List<String> out = new ArrayList<>();
    for (String one : list.toLowerCase(Locale.ROOT).split(",")) {
      if (!one.isBlank()) {
        out.add(one.strip());
      }
    }
    return out;
  }

  boolean none() {
    return plain.isEmpty() && secure.isEmpty();
  }

  /** The distinct proxies. */
  List<URI> proxies() {
    List<URI> out = new ArrayList<>();
    plain.ifPresent(out::add);
    secure.filter(uri -> !out.contains(uri)).ifPresent(out::add);
    return out;
  }

  /** The proxy for a server; empty for a direct connection. */
  Optional<URI> proxyFor(String scheme, String host, int port) {
    if (bypasses(host.toLowerCase(Locale.ROOT), port)) {
      return Optional.empty();
    }
    return scheme.equals("https") ? secure : plain;
  }

  private boolean bypasses(String host, int port) {
    if (exceptLoopback && (host.equals("localhost") || isLoopback(host))) {
      return true;
    }
    for (String exception : exceptions) {
      if (exception.equals("*") || matches(exception, host, port)) {
        return true;
      }
    }
    return false;
  }

  private static boolean matches(String exception, String host, int port) {
    String pattern = exception;
    int colon = pattern.lastIndexOf(':');
    if (colon > 0 && pattern.indexOf(':') == colon) {
      if (!pattern.substring(colon + 1).equals(Integer.toString(port))) {
        return false;
      }
      pattern = pattern.substring(0, colon);
    }
    if (pattern.indexOf('/') > 0) {
      return inNetwork(pattern, host);
    }
    if (pattern.startsWith("*.")) {
      pattern = pattern.substring(1);
    }
    if (pattern.startsWith(".")) {
      return host.endsWith(pattern);
    }
    return host.equals(pattern) || (!isNumeric(host) && host.endsWith("." + pattern));
  }

  private static boolean inNetwork(String network, String host) {
    if (!isNumeric(host)) {
      return false;
    }
    try {
      int slash = network.indexOf('/');
      byte[] base = InetAddress.ofLiteral(network.substring(0, slash)).getAddress();
      byte[] address = InetAddress.ofLiteral(host).getAddress();
      int bits = Integer.parseInt(network.substring(slash + 1));
      if (base.length != address.length || bits < 0 || bits > 8 * base.length) {
        return false;
      }
      for (int i = 0; i < bits; i++) {
        int shift = 7 - i % 8;
        if ((base[i / 8] >> shift & 1) != (address[i / 8] >> shift & 1)) {
          return false;
        }
      }
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static boolean isNumeric(String host) {
    return host.indexOf(':') >= 0 || host.chars().allMatch(c -> c == '.' || (c >= '0' && c <= '9'));
  }

  private static boolean isLoopback(String host) {
    try {
      return isNumeric(host) && InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false;
    }
  }
}
