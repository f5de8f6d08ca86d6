package io.narthex.web.api.v1;

import io.narthex.http.server.CorsPolicy;
import io.narthex.http.server.Exchange;
import io.narthex.http.server.RequestHandler;
import io.narthex.http.server.Router;
import io.narthex.promql.EngineOptions;
import io.narthex.promql.syntax.ParserFeatures;
import io.narthex.storage.NotReadyException;
import io.narthex.web.WebOptions;
import io.narthex.web.WebParts;
import java.io.IOException;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Which path of the API leads to which handler, and what all of them have in common. */
public final class ApiRoutes {
  private static final String ROOT = "/api/v1";

  private final UnaryOperator<RequestHandler> whenReady;
  private final UnaryOperator<RequestHandler> whenReceiving;
  private final CorsPolicy cors;
  private final QueryHandler queries;
  private final ExplainHandler explanations;
  private final ExpressionHandler expressions;
  private final ExemplarHandler exemplars;
  private final SeriesHandler series;
  private final TargetsHandler targets;
  private final MetadataHandler metadata;
  private final StatusHandler status;
  private final RulesHandler rules = new RulesHandler();
  private final AdminHandler admin;
  private final FeaturesHandler features;
  private final NotificationsHandler notifications;
  private final Optional<RequestHandler> remoteWrite;

  /**
   * @param whenReady makes a handler answer 503 while the server is not ready
   * @param whenReceiving the same until the server takes samples, which it does earlier
   */
  public ApiRoutes(
      WebOptions options,
      WebParts parts,
      StatusHandler status,
      CorsPolicy cors,
      UnaryOperator<RequestHandler> whenReady,
      UnaryOperator<RequestHandler> whenReceiving) {
    EngineOptions engine = parts.engine().options();
    this.whenReady = whenReady;
    this.whenReceiving = whenReceiving;
    this.cors = cors;
    this.status = status;
    queries = new QueryHandler(parts.engine(), parts.storage(), System::currentTimeMillis);
    explanations =
        new ExplainHandler(
            parts.engine(),
            parts.storage(),
            new TargetMetricTypes(parts.targets()),
            System::currentTimeMillis);
    ParserFeatures syntax =
        new ParserFeatures(
            engine.experimentalFunctions(),
            engine.durationExpressions(),
            engine.extendedSelectors(),
            engine.binopFill());
    expressions = new ExpressionHandler(syntax);
    exemplars = new ExemplarHandler(parts.exemplars(), syntax);
    series = new SeriesHandler(parts.storage());
    targets =
        new TargetsHandler(
            parts.targets(),
            new GlobalUrl(options.externalUrl(), options.listenAddresses().getFirst()),
            parts.config());
    metadata = new MetadataHandler(parts.targets());
    admin = new AdminHandler(parts.database(), options.enableAdminApi());
    features = new FeaturesHandler(options, engine, parts.features());
    notifications = new NotificationsHandler(parts.notifications());
    remoteWrite = options.enableRemoteWriteReceiver() ? parts.remoteWrite() : Optional.empty();
  }

  /** Adds all routes. */
  public void addTo(Router router) {
    router.add("OPTIONS", ROOT + "/*path", wrap(exchange -> Answer.NONE));
    addQueries(router);
    addTargets(router);
    addStatus(router);
    addAdmin(router);
    addUnavailable(router);
  }

  /** Ends streams that would otherwise go on until their clients leave. */
  public void stop() {
    notifications.stop();
  }

  private void addQueries(Router router) {
    getAndPost(router, "/query", queries::instant);
    getAndPost(router, "/query_range", queries::range);
    getAndPost(router, "/query_explain", explanations::explain);
    getAndPost(router, "/query_exemplars", exemplars::exemplars);
    getAndPost(router, "/format_query", expressions::format);
    getAndPost(router, "/parse_query", expressions::parse);
    getAndPost(router, "/labels", series::labelNames);
    getAndPost(router, "/series", series::series);
    get(router, "/label/:name/values", series::labelValues);
  }

  private void addTargets(Router router) {
    get(router, "/scrape_pools", targets::pools);
    get(router, "/scrape_pools/config", targets::poolConfig);
    get(router, "/targets", targets::targets);
    get(router, "/targets/metadata", targets::metadata);
    get(router, "/metadata", metadata::metadata);
    get(router, "/alertmanagers", rules::alertmanagers);
    get(router, "/alerts", rules::alerts);
    get(router, "/rules", rules::rules);
  }

  private void addStatus(Router router) {
    get(router, "/status/config", status::config);
    get(router, "/status/runtimeinfo", status::runtimeInfo);
    get(router, "/status/buildinfo", status::buildInfo);
    get(router, "/status/flags", status::flags);
    get(router, "/status/tsdb", status::database);
    get(router, "/status/tsdb/blocks", status::blocks);
    get(router, "/features", features::list);
    // These tell how the start goes on, so they answer before it is over.
    router.get(ROOT + "/status/walreplay", plain(status::replay));
    router.get(ROOT + "/notifications", plain(notifications::active));
    router.get(
        ROOT + "/notifications/live",
        exchange -> {
          cors.apply(exchange);
          notifications.live(exchange);
        });
  }

  private void addAdmin(Router router) {
    for (String method : new String[] {"POST", "PUT"}) {
      router.add(method, ROOT + "/admin/tsdb/delete_series", wrap(admin::deleteSeries));
      router.add(method, ROOT + "/admin/tsdb/clean_tombstones", wrap(admin::cleanTombstones));
      router.add(method, ROOT + "/admin/tsdb/snapshot", wrap(admin::snapshot));
    }
    router.post(
        ROOT + "/write",
        whenReceiving.apply(
            remoteWrite.orElse(
                notFound(
                    "remote write receiver needs to be enabled with"
                        + " --web.enable-remote-write-receiver"))));
  }

  /** What Prometheus offers behind flags that are off, or this version not yet. */
  private void addUnavailable(Router router) {
    router.post(
        ROOT + "/otlp/v1/metrics",
        whenReceiving.apply(
            notFound("otlp write receiver needs to be enabled with --web.enable-otlp-receiver")));
    router.post(
        ROOT + "/read", whenReady.apply(notFound("remote read is not offered by this version")));
    for (String path :
        new String[] {"/search/metric_names", "/search/label_names", "/search/label_values"}) {
      getAndPost(
          router,
          path,
          exchange -> {
            throw new ApiException(ErrorType.UNAVAILABLE, "search API disabled");
          });
    }
  }

  private static RequestHandler notFound(String message) {
    return exchange -> exchange.respondError(404, message);
  }

  private void get(Router router, String path, Endpoint endpoint) {
    router.get(ROOT + path, wrap(endpoint));
  }

  private void getAndPost(Router router, String path, Endpoint endpoint) {
    router.get(ROOT + path, wrap(endpoint));
    router.post(ROOT + path, wrap(endpoint));
  }

  private RequestHandler wrap(Endpoint endpoint) {
    RequestHandler handler = plain(endpoint);
    return whenReady.apply(
        exchange -> {
          exchange.addResponseHeader("Vary", "Accept-Encoding");
          exchange.compress();
          handler.handle(exchange);
        });
  }

  /** Without compression, and answering also while the server is not ready. */
  private RequestHandler plain(Endpoint endpoint) {
    return exchange -> {
      cors.apply(exchange);
      respond(endpoint, exchange);
    };
  }

  private static void respond(Endpoint endpoint, Exchange exchange) throws IOException {
    Answer answer;
    try {
      answer = endpoint.answer(exchange);
    } catch (ApiException e) {
      Envelope.writeError(exchange, e.type(), e.getMessage());
      return;
    } catch (NotReadyException e) {
      Envelope.writeError(exchange, ErrorType.UNAVAILABLE, e.getMessage());
      return;
    } catch (StackOverflowError e) {
      // Long chains of operators and nested regular expressions are walked by recursion.
      ApiException tooDeep = ApiException.tooDeep();
      Envelope.writeError(exchange, tooDeep.type(), tooDeep.getMessage());
      return;
    }
    if (answer == Answer.NONE) {
      exchange.respondEmpty(204);
    } else {
      Envelope.write(exchange, answer);
    }
  }
}
