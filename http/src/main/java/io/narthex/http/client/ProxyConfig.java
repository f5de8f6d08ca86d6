package io.narthex.http.client;

import java.util.List;
import java.util.Map;

/**
 * The way to a server through proxies.
 *
 * @param url the proxy ({@code http}, {@code https}, {@code socks5}), empty for none
 * @param noProxy addresses, networks and domains to reach directly, comma separated
 * @param fromEnvironment whether HTTP_PROXY, HTTPS_PROXY and NO_PROXY decide instead
 * @param connectHeader headers for the proxy's CONNECT request
 */
public record ProxyConfig(
    String url, String noProxy, boolean fromEnvironment, Map<String, List<Secret>> connectHeader) {
  public static final ProxyConfig NONE = new ProxyConfig("", "", false, Map.of());

  public ProxyConfig {
    connectHeader = Map.copyOf(connectHeader);
  }
}
