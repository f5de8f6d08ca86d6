package io.narthex.http.client;

import java.util.Objects;

/**
 * Sends HTTP requests as one configuration says: TLS, authentication, proxies, redirects. Safe for
 * any number of threads; each call blocks its thread, so call from virtual threads.
 */
public final class Transport implements AutoCloseable {
  private final HttpClientConfig config;
  private final TransportRuntime runtime;

  /**
   * Starts a transport.
   *
   * @param runtime threads and buffers, shared with other transports and not closed with this one
   * @throws TransportException where a certificate, key or proxy of the configuration cannot be
   *     used
   */
  public Transport(HttpClientConfig config, TransportRuntime runtime) throws TransportException {
    this.config = Objects.requireNonNull(config);
    this.runtime = Objects.requireNonNull(runtime);
  }

  /**
   * Sends the request and reads the whole body, inflated where it is gzip, into the buffer (which
   * is cleared first). An answer of any status is an answer.
   *
   * @throws TransportException where there is no whole answer in time
   */
  public TransportResponse send(TransportRequest request, BodyBuffer body)
      throws TransportException {
    throw new TransportException(TransportException.Kind.CONFIG, config + " " + runtime);
  }

  @Override
  public void close() {}
}
