package io.narthex.http.client;

import io.narthex.http.client.TransportException.Kind;
import java.io.EOFException;
import java.io.IOException;
import java.net.URI;
import java.nio.channels.ClosedChannelException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.client.BytesRequestContent;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.client.Response;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.jspecify.annotations.Nullable;

/**
 * Sends HTTP requests as one configuration says: TLS, authentication, proxies, redirects. Safe for
 * any number of threads; each call blocks its thread, so call from virtual threads.
 */
public final class Transport implements AutoCloseable {
  private static final int MAX_REDIRECTS = 10;

  /** How long to wait for the report of a failure that has been asked for. */
  private static final long ABORT_NANOS = TimeUnit.SECONDS.toNanos(2);

  private final HttpClientConfig config;
  private final TransportRuntime runtime;
  private final Credentials credentials;
  private final Optional<OAuth2Tokens> tokens;
  private final JettyClients clients;

  /**
   * Starts a transport.
   *
   * @param runtime threads and buffers, shared with other transports and not closed with this one
   * @throws TransportException where a certificate, key or proxy of the configuration cannot be
   *     used
   */
  public Transport(HttpClientConfig config, TransportRuntime runtime) throws TransportException {
    this.config = config;
    this.runtime = runtime;
    this.credentials = new Credentials(config);
    this.clients = new JettyClients(config, runtime);
    this.tokens =
        config.oauth2().isPresent()
            ? Optional.of(new OAuth2Tokens(config.oauth2().get(), runtime))
            : Optional.empty();
  }

  /**
   * Sends the request and reads the whole body, inflated where it is gzip, into the buffer (which
   * is cleared first). An answer of any status is an answer.
   *
   * @throws TransportException where there is no whole answer in time
   */
  public TransportResponse send(TransportRequest request, BodyBuffer body)
      throws TransportException {
    long deadline = System.nanoTime() + request.timeout().toNanos();
    TransportRequest current = request;
    for (int redirects = 0; ; redirects++) {
      Response response = sendRetrying(current, body, deadline);
      Optional<TransportRequest> next = redirect(current, response);
      if (next.isEmpty()) {
        HttpFields headers = response.getHeaders();
        return new TransportResponse(
            response.getStatus(), reason(response), name -> first(headers, name));
      }
      if (redirects == MAX_REDIRECTS) {
        throw new TransportException(
            Kind.PROTOCOL,
            TransportErrors.prefix(request.method(), location(response))
                + "stopped after "
                + MAX_REDIRECTS
                + " redirects");
      }
      current = next.get();
    }
  }

  private static String first(HttpFields headers, String name) {
    String value = headers.get(name);
    return value == null ? "" : value;
  }

  private static String reason(Response response) {
    String reason = response.getReason();
    return reason == null ? "" : reason;
  }

  /**
   * A kept connection may turn out to be closed just when it is used; requests that change nothing
   * are sent again then, once, as Go does.
   */
  private Response sendRetrying(TransportRequest request, BodyBuffer body, long deadline)
      throws TransportException {
    RequestTarget target = target(request);
    HttpClient client = clients.forScheme(target);
    try (BodySinkScope first = new BodySinkScope(request, body)) {
      Exchange exchange = exchange(client, request, target, first.sink, deadline);
      Throwable failure = failure(exchange, first.sink);
      if (failure == null) {
        return exchange.response();
      }
      if (exchange.answered() || !request.method().equals("GET") || !closedEarly(failure)) {
        throw TransportErrors.of(failure, request, target, exchange.answered());
      }
    }
    try (BodySinkScope second = new BodySinkScope(request, body)) {
      Exchange exchange = exchange(client, request, target, second.sink, deadline);
      Throwable failure = failure(exchange, second.sink);
      if (failure == null) {
        return exchange.response();
      }
      throw TransportErrors.of(failure, request, target, exchange.answered());
    }
  }

  /** Lets go of the caller's buffer at the end of one attempt. */
  private final class BodySinkScope implements AutoCloseable {
    private final BodySink sink;

    BodySinkScope(TransportRequest request, BodyBuffer body) {
      sink = new BodySink(body, request.bodyLimit(), runtime.budget(), runtime.inflaters());
    }

    @Override
    public void close() {
      sink.close();
    }
  }

  private static @Nullable Throwable failure(Exchange exchange, BodySink sink) {
    Throwable failure = exchange.failure();
    return failure == null && !sink.complete() ? new EOFException() : failure;
  }

  private static boolean closedEarly(Throwable failure) {
    return failure instanceof EOFException
        || failure instanceof ClosedChannelException
        || (failure instanceof IOException e
            && e.getMessage() != null
            && e.getMessage().contains("Connection reset"));
  }

  private static RequestTarget target(TransportRequest request) throws TransportException {
    try {
      return RequestTarget.of(request.url());
    } catch (IllegalArgumentException e) {
      throw new TransportException(
          Kind.CONFIG, TransportErrors.prefix(request) + e.getMessage(), e);
    }
  }

  private Exchange exchange(
      HttpClient client,
      TransportRequest request,
      RequestTarget target,
      BodySink sink,
      long deadline)
      throws TransportException {
    Exchange exchange = new Exchange(sink);
    long left = deadline - System.nanoTime();
    Request outgoing = prepare(client, request, target);
    try {
      if (left <= 0) {
        throw new TimeoutException();
      }
      outgoing.send(exchange);
      if (!exchange.await(left)) {
        abort(outgoing, exchange, new TimeoutException());
        throw new TimeoutException();
      }
      return exchange;
    } catch (InterruptedException e) {
      var unused = outgoing.abort(e);
      Thread.currentThread().interrupt();
      throw TransportErrors.of(e, request, target, exchange.answered());
    } catch (TimeoutException e) {
      throw TransportErrors.of(e, request, target, exchange.answered());
    }
  }

  private static void abort(Request request, Exchange exchange, Throwable why)
      throws InterruptedException {
    var unused = request.abort(why);
    exchange.await(ABORT_NANOS);
  }

  private Request prepare(HttpClient client, TransportRequest request, RequestTarget target)
      throws TransportException {
    Request outgoing = clients.request(client, request, target);
    HttpFields.Mutable added = HttpFields.build();
    String authorization = authorization();
    credentials.customHeaders(added::add);
    outgoing.headers(
        fields -> {
          request.headers().forEach(fields::put);
          added.forEach(field -> fields.add(field.getName(), field.getValue()));
          if (!authorization.isEmpty() && !fields.contains(HttpHeader.AUTHORIZATION)) {
            fields.put(HttpHeader.AUTHORIZATION, authorization);
          }
        });
    if (request.body().length > 0) {
      String type = request.headers().getOrDefault("Content-Type", "application/octet-stream");
      outgoing.body(new BytesRequestContent(type, request.body()));
    }
    return outgoing;
  }

  private String authorization() throws TransportException {
    return tokens.isPresent() ? tokens.get().authorization() : credentials.authorization();
  }

  private static String location(Response response) {
    return first(response.getHeaders(), "Location");
  }

  private Optional<TransportRequest> redirect(TransportRequest request, Response response) {
    int status = response.getStatus();
    boolean redirect =
        status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
    String location = location(response);
    if (!config.followRedirects() || !redirect || location.isEmpty()) {
      return Optional.empty();
    }
    URI url;
    try {
      url = request.url().resolve(location);
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
    boolean keepsMethod = status == 307 || status == 308 || request.method().equals("HEAD");
    return Optional.of(
        new TransportRequest(
            keepsMethod ? request.method() : "GET",
            url,
            request.headers(),
            keepsMethod ? request.body() : new byte[0],
            request.timeout(),
            request.bodyLimit()));
  }

  @Override
  public void close() {
    tokens.ifPresent(OAuth2Tokens::close);
    clients.close();
  }
}
