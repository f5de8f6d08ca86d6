package io.narthex.http.server;

import java.io.IOException;
import java.util.Optional;
import java.util.SortedSet;
import org.eclipse.jetty.io.EofException;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds the route of each request, runs its handler and counts it. */
final class Dispatcher extends Handler.Abstract {
  private static final Logger LOG = LoggerFactory.getLogger(HttpServer.class);

  private final HttpServer server;
  private final Router router;
  private final HttpServerMetrics metrics;

  Dispatcher(HttpServer server, Router router, HttpServerMetrics metrics) {
    this.server = server;
    this.router = router;
    this.metrics = metrics;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    String path = Parameters.unescape(request.getHttpURI().getPath(), false);
    Exchange exchange = new Exchange(request, response, server, path == null ? "" : path);
    try {
      if (path == null) {
        exchange.respondError(400, "400 Bad Request");
      } else {
        route(exchange);
      }
      exchange.complete();
      callback.succeeded();
    } catch (IOException | RuntimeException | Error e) {
      // The response is under way: all that is left is to cut it off.
      exchange.stopWatching();
      callback.failed(e);
    }
    return true;
  }

  private void route(Exchange exchange) throws IOException {
    Optional<Router.Match> match = router.find(exchange.method(), exchange.path());
    if (match.isPresent()) {
      exchange.pathParameters(match.get().pathParameters());
      Router.Route route = match.get().route();
      long start = System.nanoTime();
      run(route.handlers().get(exchange.method()), exchange);
      double seconds = (System.nanoTime() - start) / 1e9;
      metrics.observe(route.label(), exchange.responseStatus(), seconds, exchange.bytesSent());
    } else {
      noRoute(exchange);
    }
  }

  /** Answers as Go's router does where no route fits: redirects near misses, else 405 or 404. */
  private void noRoute(Exchange exchange) throws IOException {
    String path = exchange.path();
    String clean = CleanPath.of(path);
    if (!clean.equals(path)) {
      redirect(exchange, 307, clean);
      return;
    }
    String toggled = path.endsWith("/") ? path.substring(0, path.length() - 1) : path + "/";
    if (router.find(exchange.method(), toggled).isPresent()) {
      redirect(exchange, exchange.method().equals("GET") ? 301 : 308, toggled);
      return;
    }
    SortedSet<String> methods = router.methods(path);
    if (methods.isEmpty()) {
      exchange.respondError(404, "404 page not found");
      return;
    }
    exchange.responseHeader("Allow", String.join(", ", methods));
    if (exchange.method().equals("OPTIONS")) {
      exchange.respondEmpty(200);
    } else {
      exchange.respondError(405, "Method Not Allowed");
    }
  }

  private static void redirect(Exchange exchange, int status, String path) throws IOException {
    String query = exchange.rawQuery();
    String location = CleanPath.escape(path) + (query.isEmpty() ? "" : "?" + query);
    exchange.redirect(status, location);
  }

  private static void run(RequestHandler handler, Exchange exchange) throws IOException {
    try {
      handler.handle(exchange);
      exchange.complete();
    } catch (RequestException e) {
      fail(exchange, e.status(), e.getMessage(), e);
    } catch (EofException e) {
      throw e;
    } catch (RuntimeException e) {
      LOG.error("cannot answer {} {}: {}", exchange.method(), exchange.path(), e, e);
      fail(exchange, 500, "Internal Server Error", e);
    } catch (StackOverflowError e) {
      // Its thousands of frames would say no more than the top.
      LOG.error(
          "cannot answer {} {}: the request nests too deep", exchange.method(), exchange.path());
      fail(exchange, 500, "Internal Server Error", new IllegalStateException(e));
    }
  }

  private static void fail(Exchange exchange, int status, String message, RuntimeException cause)
      throws IOException {
    if (exchange.isCommitted()) {
      throw cause;
    }
    exchange.reset();
    exchange.respondError(status, message);
  }
}
