package io.narthex.web;

import io.narthex.http.server.Exchange;
import io.narthex.http.server.Router;
import io.narthex.model.time.PromDuration;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * The UI: one page for all its paths, with what the server knows filled in, and the files that the
 * page loads.
 */
final class UiHandler {
  private static final String[] PAGES = {
    "/query",
    "/alerts",
    "/rules",
    "/targets",
    "/service-discovery",
    "/status",
    "/tsdb-status",
    "/flags",
    "/config",
    "/alertmanager-discovery"
  };

  private final Assets assets;
  private final String pathPrefix;
  private final String pageTitle;
  private final String lookback;
  private final BooleanSupplier ready;

  UiHandler(Assets assets, WebOptions options, long lookbackMillis, BooleanSupplier ready) {
    this.assets = assets;
    this.pathPrefix = prefixOf(options.externalUrl());
    this.pageTitle = options.pageTitle();
    this.lookback = PromDuration.format(lookbackMillis);
    this.ready = ready;
  }

  private static String prefixOf(URI externalUrl) {
    String path = externalUrl.getPath() == null ? "" : externalUrl.getPath();
    return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
  }

  void addTo(Router router) {
    router.get("/", exchange -> exchange.redirect(302, pathPrefix + "/query"));
    router.get("/graph", this::graph);
    for (String page : PAGES) {
      router.get(page, this::page);
    }
    router.get(
        "/assets/*filepath",
        exchange -> file(exchange, "assets" + exchange.pathParameter("filepath")));
    for (String file : new String[] {"favicon.svg", "favicon.ico", "manifest.json"}) {
      router.get("/" + file, exchange -> file(exchange, file));
    }
  }

  private void graph(Exchange exchange) throws IOException {
    exchange.redirect(302, pathPrefix + "/query?" + exchange.rawQuery());
  }

  private void page(Exchange exchange) throws IOException {
    Optional<Assets.Asset> index = assets.find("index.html");
    if (index.isEmpty()) {
      exchange.respondError(
          404, "this build has no UI; the API is below " + pathPrefix + "/api/v1");
      return;
    }
    String html =
        new String(index.get().bytes(), StandardCharsets.UTF_8)
            .replace("CONSOLES_LINK_PLACEHOLDER", "")
            .replace("TITLE_PLACEHOLDER", escaped(pageTitle))
            .replace("AGENT_MODE_PLACEHOLDER", "false")
            .replace("READY_PLACEHOLDER", Boolean.toString(ready.getAsBoolean()))
            .replace("LOOKBACKDELTA_PLACEHOLDER", lookback);
    exchange.responseHeader("Cache-Control", "no-cache");
    exchange.addResponseHeader("Vary", "Accept-Encoding");
    exchange.compress();
    exchange.respond(200, "text/html; charset=utf-8", html.getBytes(StandardCharsets.UTF_8));
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&#34;");
  }

  private void file(Exchange exchange, String path) throws IOException {
    Optional<Assets.Asset> asset = assets.find(path);
    if (asset.isPresent()) {
      asset.get().send(exchange, path.startsWith("assets/"));
    } else {
      exchange.respondError(404, "404 page not found");
    }
  }
}
