package io.narthex.http.client;

import io.narthex.http.client.TransportException.Kind;
import java.io.EOFException;
import java.io.IOException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.channels.ClosedChannelException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.client.BytesRequestContent;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.Request;
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
  private final PlainConnections plain;

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
    this.plain = new PlainConnections(runtime);
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
      Attempt.Head answer = sendRetrying(current, body, deadline);
      Optional<TransportRequest> next = redirect(current, answer);
      if (next.isEmpty()) {
        HttpFields headers = answer.headers();
        return new TransportResponse(
            answer.status(), answer.reason(), name -> first(headers, name));
      }
      if (redirects == MAX_REDIRECTS) {
        throw new TransportException(
            Kind.PROTOCOL,
            TransportErrors.prefix(request.method(), location(answer))
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

  /**
   * A kept connection may turn out to be closed just when it is used; requests that change nothing
   * are sent again then, once, as Go does.
   */
  private Attempt.Head sendRetrying(TransportRequest request, BodyBuffer body, long deadline)
      throws TransportException {
    RequestTarget target = target(request);
    try (BodySinkScope first = new BodySinkScope(request, body)) {
      Attempt attempt = attempt(request, target, first.sink, deadline);
      Throwable failure = failure(attempt, first.sink);
      if (failure == null) {
        return attempt.head();
      }
      if (attempt.answered() || !request.method().equals("GET") || !closedEarly(failure)) {
        throw TransportErrors.of(failure, request, target, attempt.answered());
      }
    }
    try (BodySinkScope second = new BodySinkScope(request, body)) {
      Attempt attempt = attempt(request, target, second.sink, deadline);
      Throwable failure = failure(attempt, second.sink);
      if (failure == null) {
        return attempt.head();
      }
      throw TransportErrors.of(failure, request, target, attempt.answered());
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

  private static @Nullable Throwable failure(Attempt attempt, BodySink sink) {
    Throwable failure = attempt.failure();
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

  private Attempt attempt(
      TransportRequest request, RequestTarget target, BodySink sink, long deadline)
      throws TransportException {
    return goesPlain(request, target)
        ? plainAttempt(request, target, sink, deadline)
        : jettyAttempt(request, target, sink, deadline);
  }

  /** Whether it is what nearly all scrapes are: a GET to a server without TLS and proxies. */
  private boolean goesPlain(TransportRequest request, RequestTarget target) {
    return !target.secure()
        && request.method().equals("GET")
        && request.body().length == 0
        && clients.direct(target);
  }

  private Attempt plainAttempt(
      TransportRequest request, RequestTarget target, BodySink sink, long deadline)
      throws TransportException {
    byte[] head = requestHead(request, target);
    try {
      long left = deadline - System.nanoTime();
      if (left <= 0) {
        throw new TimeoutException();
      }
      return plain.exchange(target, head, sink, left);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw TransportErrors.of(e, request, target, false);
    } catch (TimeoutException | UnknownHostException e) {
      throw TransportErrors.of(e, request, target, false);
    }
  }

  private byte[] requestHead(TransportRequest request, RequestTarget target)
      throws TransportException {
    RequestHead head = new RequestHead(request.url(), target);
    boolean authorized = false;
    for (Map.Entry<String, String> header : request.headers().entrySet()) {
      head.add(header.getKey(), header.getValue());
      authorized |= header.getKey().equalsIgnoreCase("Authorization");
    }
    for (Map.Entry<String, String> header : credentials.customHeaders()) {
      head.add(header.getKey(), header.getValue());
      authorized |= header.getKey().equalsIgnoreCase("Authorization");
    }
    String authorization = authorization();
    if (!authorization.isEmpty() && !authorized) {
      head.add("Authorization", authorization);
    }
    return head.bytes();
  }

  private Attempt jettyAttempt(
      TransportRequest request, RequestTarget target, BodySink sink, long deadline)
      throws TransportException {
    HttpClient client = clients.forScheme(target);
    JettyAttempt attempt = new JettyAttempt(sink);
    long left = deadline - System.nanoTime();
    Request outgoing = prepare(client, request, target);
    try {
      if (left <= 0) {
        throw new TimeoutException();
      }
      outgoing.send(attempt);
      if (!attempt.await(left)) {
        abort(outgoing, attempt, new TimeoutException());
        throw new TimeoutException();
      }
      return attempt;
    } catch (InterruptedException e) {
      var unused = outgoing.abort(e);
      Thread.currentThread().interrupt();
      throw TransportErrors.of(e, request, target, attempt.answered());
    } catch (TimeoutException e) {
      throw TransportErrors.of(e, request, target, attempt.answered());
    }
  }

  private static void abort(Request request, JettyAttempt attempt, Throwable why)
      throws InterruptedException {
    var unused = request.abort(why);
    attempt.await(ABORT_NANOS);
  }

  private Request prepare(HttpClient client, TransportRequest request, RequestTarget target)
      throws TransportException {
    Request outgoing = clients.request(client, request, target);
    HttpFields.Mutable added = HttpFields.build();
    String authorization = authorization();
    for (Map.Entry<String, String> header : credentials.customHeaders()) {
      added.add(header.getKey(), header.getValue());
    }
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

  private static String location(Attempt.Head answer) {
    return first(answer.headers(), "Location");
  }

  private Optional<TransportRequest> redirect(TransportRequest request, Attempt.Head answer) {
    int status = answer.status();
    boolean redirect =
        status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
    String location = location(answer);
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
    plain.close();
    clients.close();
  }
}
