package io.narthex.http.server;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.jspecify.annotations.Nullable;

/** One request and its response. Belongs to the thread that handles it. */
public final class Exchange {
  public static final String TEXT = "text/plain; charset=utf-8";

  private static final int MAX_FORM_BYTES = 10 << 20;

  private final Request request;
  private final Response response;
  private final HttpServer server;
  private final String path;
  private Map<String, String> pathParameters = Map.of();
  private @Nullable Parameters parameters;
  private @Nullable ResponseStream stream;
  private ResponseStream.Coding coding = ResponseStream.Coding.NONE;
  private volatile boolean reading = true;
  private @Nullable WatchedEndPoint watched;

  Exchange(Request request, Response response, HttpServer server, String path) {
    this.request = request;
    this.response = response;
    this.server = server;
    this.path = path;
    // A handler may take longer than a connection may be idle; only a client that is slow to send
    // is cut off.
    request.addIdleTimeoutListener(timeout -> reading);
  }

  public String method() {
    return request.getMethod();
  }

  /** The path with percent escapes undone, prefix included. */
  public String path() {
    return path;
  }

  /** The query string as it was sent, empty where there is none. */
  public String rawQuery() {
    String query = request.getHttpURI().getQuery();
    return query == null ? "" : query;
  }

  /** What a {@code :name} or {@code *name} of the route's pattern stands for. */
  public String pathParameter(String name) {
    String value = pathParameters.get(name);
    if (value == null) {
      throw new IllegalStateException("BUG: route has no path parameter " + name);
    }
    return value;
  }

  void pathParameters(Map<String, String> values) {
    pathParameters = values;
  }

  /** The first value of a request header. */
  public Optional<String> header(String name) {
    return Optional.ofNullable(request.getHeaders().get(name));
  }

  public InetSocketAddress remoteAddress() {
    return (InetSocketAddress) request.getConnectionMetaData().getRemoteSocketAddress();
  }

  /** The address that the request came in on. */
  public InetSocketAddress localAddress() {
    return (InetSocketAddress) request.getConnectionMetaData().getLocalSocketAddress();
  }

  /** Form body and query string; reads the body at the first call if it is a form. */
  public Parameters parameters() throws IOException {
    if (parameters == null) {
      parameters = Parameters.of(form(), rawQuery());
    }
    return parameters;
  }

  private String form() throws IOException {
    boolean mayHaveBody =
        switch (method()) {
          case "POST", "PUT", "PATCH" -> true;
          default -> false;
        };
    String type = header("Content-Type").orElse("");
    int semicolon = type.indexOf(';');
    type = (semicolon < 0 ? type : type.substring(0, semicolon)).strip();
    if (!mayHaveBody || !type.equalsIgnoreCase("application/x-www-form-urlencoded")) {
      return "";
    }
    return new String(readBody(MAX_FORM_BYTES), StandardCharsets.UTF_8);
  }

  /** The body as it was sent. */
  public InputStream body() {
    return Request.asInputStream(request);
  }

  /**
   * Reads the whole body.
   *
   * @throws RequestException with status 413 if it is longer than allowed
   */
  public byte[] readBody(int maxBytes) throws IOException {
    try (InputStream body = body()) {
      byte[] bytes = body.readNBytes(maxBytes);
      if (bytes.length == maxBytes && body.read() >= 0) {
        throw new RequestException(413, "http: request body too large");
      }
      return bytes;
    }
  }

  /** Declares that the response may be compressed if the client wishes so. */
  public void compress() {
    coding = ResponseStream.Coding.accepted(header("Accept-Encoding").orElse(""));
  }

  public void status(int status) {
    response.setStatus(status);
  }

  /** Sets a response header, replacing what was set before. */
  public void responseHeader(String name, String value) {
    response.getHeaders().put(name, value);
  }

  /** Sets one more value of a response header. */
  public void addResponseHeader(String name, String value) {
    response.getHeaders().add(name, value);
  }

  /** The body of the response; status and headers must be set before the first byte. */
  public ResponseStream output(String contentType) {
    if (stream != null) {
      throw new IllegalStateException("BUG: response has a body already");
    }
    reading = false;
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, contentType);
    stream = new ResponseStream(response, coding);
    return stream;
  }

  /** Answers with a whole body. */
  public void respond(int status, String contentType, byte[] body) throws IOException {
    status(status);
    output(contentType).finish(body, 0, body.length);
  }

  /** Answers with plain text. */
  public void respond(int status, String text) throws IOException {
    respond(status, TEXT, text.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Answers with an error as Go's library does: one line of plain text that no browser takes for
   * anything else.
   */
  public void respondError(int status, String message) throws IOException {
    responseHeader("X-Content-Type-Options", "nosniff");
    respond(status, message + "\n");
  }

  /** Answers without a body. */
  public void respondEmpty(int status) {
    status(status);
  }

  /** Sends the client elsewhere; the location is a path with query. */
  public void redirect(int status, String location) throws IOException {
    responseHeader("Location", location);
    if (method().equals("GET") || method().equals("HEAD")) {
      String reason = HttpStatus.getMessage(status);
      String link =
          location
              .replace("&", "&amp;")
              .replace("<", "&lt;")
              .replace(">", "&gt;")
              .replace("\"", "&#34;");
      String body = "<a href=\"" + link + "\">" + reason + "</a>.\n\n";
      respond(status, "text/html; charset=utf-8", body.getBytes(StandardCharsets.UTF_8));
    } else {
      status(status);
    }
  }

  /** Whether part of the response is on its way, so that status and headers are fixed. */
  public boolean isCommitted() {
    return response.isCommitted();
  }

  /** A buffer of 64 KiB to build responses in; give it back when done. */
  public byte[] takeBuffer() {
    return server.buffers().take();
  }

  public void giveBuffer(byte[] buffer) {
    server.buffers().give(buffer);
  }

  /**
   * Runs an action, on another thread, should the client close the connection before the response
   * is complete. Call it after the request has been read.
   */
  public void onDisconnect(Runnable action) {
    reading = false;
    EndPoint endPoint = request.getConnectionMetaData().getConnection().getEndPoint();
    if (endPoint instanceof WatchedEndPoint own) {
      watched = own;
      server.watcher().watch(own, action);
    }
  }

  /** Ends watching and completes the body, if a handler left it open. */
  void complete() throws IOException {
    stopWatching();
    if (stream != null) {
      stream.close();
    }
  }

  void stopWatching() {
    if (watched != null) {
      server.watcher().unwatch(watched);
      watched = null;
    }
  }

  /** Forgets a response that was prepared but not sent. */
  void reset() {
    response.reset();
    stream = null;
    coding = ResponseStream.Coding.NONE;
  }

  int responseStatus() {
    return response.getStatus() == 0 ? 200 : response.getStatus();
  }

  long bytesSent() {
    return stream == null ? 0 : stream.bytesSent();
  }
}
