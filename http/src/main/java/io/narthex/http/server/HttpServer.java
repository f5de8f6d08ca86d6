package io.narthex.http.server;

import io.narthex.client.MetricRegistry;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.channels.UnresolvedAddressException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import org.eclipse.jetty.http.MimeTypes;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * An HTTP server. Construct, {@link #bind}, {@link #start}, {@link #close}.
 *
 * <p>Each request runs on the platform thread that read it. A thread that selects connections gives
 * that to another one before it answers a request.
 */
public final class HttpServer implements AutoCloseable {
  /** As Go's server: a query in a URL may be long. */
  private static final int MAX_HEADER_BYTES = 1 << 20;

  private static final int KEPT_BUFFERS = 32;
  private static final int THREAD_IDLE_MILLIS = 60_000;
  private static final int SPARE_THREADS = 8;

  /** Where the number of connections has no limit. */
  private static final int MAX_REQUESTS = 10_000;

  private final HttpServerOptions options;
  private final Server server;
  private final HttpServerMetrics metrics;
  private final List<ServerConnector> connectors = new ArrayList<>();
  private final BufferPool buffers = new BufferPool(KEPT_BUFFERS);
  private final DisconnectWatcher watcher = new DisconnectWatcher();

  public HttpServer(HttpServerOptions options, Router router, MetricRegistry registry) {
    this.options = options;
    this.metrics = new HttpServerMetrics(registry);
    router.labels().forEach(metrics::announce);
    int addresses = options.listenAddresses().size();
    // One acceptor and one selector for each address, a thread for each request, and a few to spare
    // for Jetty's own errands. A queue of the JDK's own: Jetty's would load the whole of JMX to
    // learn the size of a cache
    // line.
    QueuedThreadPool threads =
        new QueuedThreadPool(
            maxRequests(options) + SPARE_THREADS + 2 * addresses,
            2,
            THREAD_IDLE_MILLIS,
            new LinkedBlockingQueue<>());
    threads.setName("http");
    threads.setDaemon(true);
    // Reserved threads let the thread that has read a request answer it, while another one takes
    // its place: to wake a thread takes longer than many an answer.
    threads.setReservedThreads(Runtime.getRuntime().availableProcessors());
    this.server = new Server(threads);
    server.setStopTimeout(options.stopTimeout().toMillis());
    server.setHandler(new GracefulHandler(new Dispatcher(this, router, metrics)));
  }

  /** A connection has one request at a time. */
  private static int maxRequests(HttpServerOptions options) {
    return options.maxConnections() > 0 ? options.maxConnections() : MAX_REQUESTS;
  }

  /** Loads what takes longest of making a server; may run before, beside other work. */
  public static void prepare() {
    // It asks the JDK for all locales of the world.
    MimeTypes unused = MimeTypes.DEFAULTS;
  }

  /**
   * Opens the listening sockets; requests wait until {@link #start}.
   *
   * @throws HttpServerException where an address is in use or invalid
   */
  public void bind() {
    for (String text : options.listenAddresses()) {
      ListenAddress address = ListenAddress.parse(text);
      Connector connector = new Connector(address);
      try {
        connector.open(openChannel(address));
      } catch (IOException e) {
        connectors.forEach(ServerConnector::close);
        throw listenFailure(address, e);
      }
      connectors.add(connector);
      server.addConnector(connector);
    }
  }

  private static ServerSocketChannel openChannel(ListenAddress address) throws IOException {
    InetSocketAddress socketAddress =
        address.host().isEmpty()
            ? new InetSocketAddress(address.port())
            : new InetSocketAddress(address.host(), address.port());
    ServerSocketChannel channel = ServerSocketChannel.open();
    try {
      channel.bind(socketAddress);
      return channel;
    } catch (UnresolvedAddressException e) {
      channel.close();
      throw new BindException("lookup " + address.host() + ": no such host");
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  private static HttpServerException listenFailure(ListenAddress address, IOException cause) {
    String host = address.host().indexOf(':') >= 0 ? "[" + address.host() + "]" : address.host();
    String reason = cause.getMessage() == null ? cause.toString() : cause.getMessage();
    boolean lookup = reason.startsWith("lookup ");
    reason = Character.toLowerCase(reason.charAt(0)) + reason.substring(1);
    String what =
        lookup ? "listen tcp: " : "listen tcp " + host + ":" + address.port() + ": bind: ";
    return new HttpServerException(what + reason, cause);
  }

  /** Starts to answer requests. Binds first, if that has not been done. */
  public void start() {
    if (connectors.isEmpty()) {
      bind();
    }
    if (options.maxConnections() > 0) {
      server.addBean(new NetworkConnectionLimit(options.maxConnections(), server));
    }
    try {
      server.start();
    } catch (Exception e) {
      throw new HttpServerException("cannot start the HTTP server: " + e.getMessage(), e);
    }
    watcher.start();
  }

  /** The addresses that the server listens on, with the ports that it got. */
  public List<InetSocketAddress> addresses() {
    List<InetSocketAddress> addresses = new ArrayList<>();
    for (ServerConnector connector : connectors) {
      String host = connector.getHost() == null ? "" : connector.getHost();
      addresses.add(
          host.isEmpty()
              ? new InetSocketAddress(connector.getLocalPort())
              : new InetSocketAddress(host, connector.getLocalPort()));
    }
    return addresses;
  }

  /**
   * Stops accepting, waits for running requests up to the stop timeout, then closes all
   * connections.
   */
  @Override
  public void close() {
    watcher.close();
    try {
      server.stop();
    } catch (Exception e) {
      throw new HttpServerException("cannot stop the HTTP server: " + e.getMessage(), e);
    } finally {
      connectors.forEach(ServerConnector::close);
    }
  }

  BufferPool buffers() {
    return buffers;
  }

  DisconnectWatcher watcher() {
    return watcher;
  }

  private static HttpConnectionFactory http() {
    HttpConfiguration configuration = new HttpConfiguration();
    configuration.setSendServerVersion(false);
    configuration.setSendDateHeader(true);
    configuration.setRequestHeaderSize(MAX_HEADER_BYTES);
    configuration.setUriCompliance(UriCompliance.UNSAFE);
    configuration.setOutputBufferSize(BufferPool.BUFFER_SIZE);
    return new HttpConnectionFactory(configuration);
  }

  private final class Connector extends ServerConnector {
    Connector(ListenAddress address) {
      super(server, 1, 1, http());
      if (!address.host().isEmpty()) {
        setHost(address.host());
      }
      setPort(address.port());
      setIdleTimeout(options.readTimeout().toMillis());
    }

    @Override
    protected SocketChannelEndPoint newEndPoint(
        SocketChannel channel, ManagedSelector selector, SelectionKey key) {
      WatchedEndPoint endPoint = new WatchedEndPoint(channel, selector, key, getScheduler());
      endPoint.setIdleTimeout(getIdleTimeout());
      return endPoint;
    }

    @Override
    protected void onEndPointOpened(EndPoint endPoint) {
      super.onEndPointOpened(endPoint);
      metrics.connectionOpened();
    }

    @Override
    protected void onEndPointClosed(EndPoint endPoint) {
      super.onEndPointClosed(endPoint);
      metrics.connectionClosed();
    }
  }
}
