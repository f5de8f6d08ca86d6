package io.narthex.web;

import io.narthex.http.server.Exchange;
import io.narthex.http.server.RequestHandler;
import io.narthex.http.server.Router;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** `/-/healthy`, `/-/ready`, `/-/reload` and `/-/quit`. */
final class ManagementHandler {
  private static final Logger LOG = LoggerFactory.getLogger(ManagementHandler.class);

  private final String appName;
  private final boolean enabled;
  private final Lifecycle lifecycle;
  private final AtomicBoolean quitting = new AtomicBoolean();

  ManagementHandler(WebOptions options, Lifecycle lifecycle) {
    this.appName = options.appName();
    this.enabled = options.enableLifecycle();
    this.lifecycle = lifecycle;
  }

  void addTo(Router router, UnaryOperator<RequestHandler> whenReady) {
    router.get("/-/healthy", exchange -> exchange.respond(200, appName + " is Healthy.\n"));
    router.add("HEAD", "/-/healthy", exchange -> exchange.respondEmpty(200));
    router.get(
        "/-/ready", whenReady.apply(exchange -> exchange.respond(200, appName + " is Ready.\n")));
    router.add("HEAD", "/-/ready", whenReady.apply(exchange -> exchange.respondEmpty(200)));
    for (String method : new String[] {"POST", "PUT"}) {
      router.add(method, "/-/reload", enabled ? this::reload : ManagementHandler::forbid);
      router.add(method, "/-/quit", enabled ? this::quit : ManagementHandler::forbid);
    }
    router.get("/-/reload", ManagementHandler::refuseGet);
    router.get("/-/quit", ManagementHandler::refuseGet);
  }

  private static void forbid(Exchange exchange) throws IOException {
    exchange.respond(403, "Lifecycle API is not enabled.");
  }

  private static void refuseGet(Exchange exchange) throws IOException {
    exchange.respond(405, "Only POST or PUT requests allowed");
  }

  private void reload(Exchange exchange) throws IOException {
    try {
      lifecycle.reload();
    } catch (RuntimeException e) {
      LOG.atError().addKeyValue("err", e.getMessage()).log("Error reloading config");
      exchange.respondError(500, "failed to reload config: " + e.getMessage());
    }
  }

  private void quit(Exchange exchange) throws IOException {
    if (quitting.compareAndSet(false, true)) {
      exchange.respond(200, "Requesting termination... Goodbye!");
      lifecycle.quit();
    } else {
      exchange.respond(200, "Termination already in progress.");
    }
  }
}
