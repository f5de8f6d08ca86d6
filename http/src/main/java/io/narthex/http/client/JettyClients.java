package io.narthex.http.client;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.HttpProxy;
import org.eclipse.jetty.client.Origin;
import org.eclipse.jetty.client.ProxyConfiguration;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.client.Socks5Proxy;
import org.eclipse.jetty.client.transport.HttpClientTransportOverHTTP;
import org.eclipse.jetty.http.HttpCookieStore;
import org.eclipse.jetty.util.component.LifeCycle;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.jspecify.annotations.Nullable;

/**
 * Jetty's client, set up to do no more than it is told: no redirects, cookies, or inflating.
 * Started when a request needs it first.
 */
final class JettyClients implements AutoCloseable {
  private static final long IDLE_MILLIS = TimeUnit.MINUTES.toMillis(5);
  private static final int MAX_CONNECTIONS = 512;
  private static final int MAX_QUEUED = 4096;

  private final HttpClientConfig config;
  private final ProxyRules proxyRules;
  private final TransportRuntime runtime;
  private @Nullable HttpClient client;
  private volatile @Nullable ClientTls tls;

  JettyClients(HttpClientConfig config, TransportRuntime runtime) throws TransportException {
    this.config = config;
    this.runtime = runtime;
    this.proxyRules = ProxyRules.of(config.proxy(), System.getenv());
    if (!config.tls().equals(TlsConfig.DEFAULT)) {
      tls = new ClientTls(config.tls());
    }
  }

  /** The client, with everything that the scheme needs in place. */
  HttpClient forScheme(RequestTarget target) throws TransportException {
    if (target.secure()) {
      tls().refresh();
    }
    return started();
  }

  private synchronized HttpClient started() throws TransportException {
    HttpClient started = client;
    if (started == null) {
      started = start(new Client(new HttpClientTransportOverHTTP(runtime.connector())));
      client = started;
    }
    return started;
  }

  private HttpClient start(HttpClient client) throws TransportException {
    client.setFollowRedirects(false);
    client.setIdleTimeout(IDLE_MILLIS);
    client.setConnectTimeout(IDLE_MILLIS);
    client.setAddressResolutionTimeout(IDLE_MILLIS);
    client.setMaxConnectionsPerDestination(MAX_CONNECTIONS);
    client.setMaxRequestsQueuedPerDestination(MAX_QUEUED);
    client.setHttpCookieStore(new HttpCookieStore.Empty());
    client.setUserAgentField(null);
    addProxies(client);
    try {
      client.start();
    } catch (Exception e) {
      throw new TransportException(
          TransportException.Kind.CONFIG, "cannot start the HTTP client: " + e.getMessage(), e);
    }
    client.getProtocolHandlers().clear();
    client.getContentDecoderFactories().clear();
    return client;
  }

  /** Whether no proxy stands between this program and the server. */
  boolean direct(RequestTarget target) {
    return proxyRules.none()
        || proxyRules.proxyFor(target.scheme(), target.host(), target.port()).isEmpty();
  }

  /** TLS costs time to set up, so that this waits for the first request that needs it. */
  private ClientTls tls() throws TransportException {
    ClientTls started = tls;
    if (started != null) {
      return started;
    }
    synchronized (this) {
      started = tls;
      if (started == null) {
        started = new ClientTls(config.tls());
        tls = started;
      }
      return started;
    }
  }

  Request request(HttpClient from, TransportRequest request, RequestTarget target) {
    URI url = request.url();
    String path = url.getRawPath() == null || url.getRawPath().isEmpty() ? "/" : url.getRawPath();
    String query = url.getRawQuery();
    return from.newRequest("localhost", target.port())
        .scheme(target.scheme())
        .host(target.host())
        .port(target.port())
        .method(request.method())
        .path(query == null ? path : path + "?" + query);
  }

  private void addProxies(HttpClient client) {
    ProxyConfiguration proxies = client.getProxyConfiguration();
    for (URI uri : proxyRules.proxies()) {
      proxies.addProxy(
          uri.getScheme().startsWith("socks")
              ? new Socks(uri, proxyRules)
              : new Http(uri, proxyRules));
    }
    Map<String, List<Secret>> connectHeader = config.proxy().connectHeader();
    if (!connectHeader.isEmpty()) {
      client
          .getRequestListeners()
          .addListener(
              new Request.Listener() {
                @Override
                public void onQueued(Request request) {
                  if (request.getMethod().equals("CONNECT")) {
                    connectHeader.forEach(
                        (name, values) ->
                            request.headers(
                                fields ->
                                    values.forEach(value -> fields.add(name, value.value()))));
                  }
                }
              });
    }
  }

  @Override
  public synchronized void close() {
    LifeCycle.stop(client);
    ClientTls started = tls;
    if (started != null) {
      LifeCycle.stop(started.factory());
    }
  }

  private static boolean goesThrough(URI proxy, ProxyRules rules, Origin origin) {
    Optional<URI> chosen =
        rules.proxyFor(
            origin.getScheme(), origin.getAddress().getHost(), origin.getAddress().getPort());
    return chosen.isPresent() && chosen.get().equals(proxy);
  }

  private static Origin.Address address(URI proxy) {
    int defaultPort =
        switch (proxy.getScheme()) {
          case "http" -> 80;
          case "https" -> 443;
          default -> 1080;
        };
    return new Origin.Address(proxy.getHost(), proxy.getPort() < 0 ? defaultPort : proxy.getPort());
  }

  private static final class Http extends HttpProxy {
    private final URI uri;
    private final ProxyRules rules;

    Http(URI uri, ProxyRules rules) {
      super(JettyClients.address(uri), uri.getScheme().equals("https"));
      this.uri = uri;
      this.rules = rules;
    }

    @Override
    public boolean matches(Origin origin) {
      return goesThrough(uri, rules, origin);
    }
  }

  private static final class Socks extends Socks5Proxy {
    private final URI uri;
    private final ProxyRules rules;

    Socks(URI uri, ProxyRules rules) {
      super(JettyClients.address(uri).getHost(), JettyClients.address(uri).getPort());
      this.uri = uri;
      this.rules = rules;
    }

    @Override
    public boolean matches(Origin origin) {
      return goesThrough(uri, rules, origin);
    }
  }

  /** All transports share one connector; each has its own TLS. */
  private final class Client extends HttpClient {
    Client(HttpClientTransportOverHTTP transport) {
      super(transport);
    }

    @Override
    public SslContextFactory.Client getSslContextFactory() {
      ClientTls own = tls;
      return own == null ? super.getSslContextFactory() : own.factory();
    }
  }
}
