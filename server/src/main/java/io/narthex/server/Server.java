package io.narthex.server;

import io.narthex.cli.FlagValues;
import io.narthex.cli.UsageException;
import io.narthex.client.MetricRegistry;
import io.narthex.client.ProcessMetrics;
import io.narthex.client.RuntimeMetrics;
import io.narthex.config.Config;
import io.narthex.config.DiscoveryConfig;
import io.narthex.config.ScrapeConfig;
import io.narthex.discovery.DiscoveryManager;
import io.narthex.http.client.TransportRuntime;
import io.narthex.model.labels.GoQuote;
import io.narthex.model.labels.RegexMatcher;
import io.narthex.model.time.PromDuration;
import io.narthex.promql.Engine;
import io.narthex.promql.EngineOptions;
import io.narthex.remote.write.RemoteWriteReceiver;
import io.narthex.scrape.ScrapeManager;
import io.narthex.scrape.ScrapeOptions;
import io.narthex.server.StorageSettings.Retention;
import io.narthex.server.queries.ActiveQueryFile;
import io.narthex.server.queries.QueryLogFile;
import io.narthex.storage.StorageException;
import io.narthex.tsdb.Db;
import io.narthex.tsdb.DbOptions;
import io.narthex.tsdb.chunk.ChunkEncoding;
import io.narthex.web.BuildInfo;
import io.narthex.web.Lifecycle;
import io.narthex.web.Notifications;
import io.narthex.web.Readiness;
import io.narthex.web.RemoteWriteHandler;
import io.narthex.web.RuntimeStatus;
import io.narthex.web.WebOptions;
import io.narthex.web.WebParts;
import io.narthex.web.WebServer;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All parts of a running server. The constructor builds and connects them and returns when the
 * server listens. Scraping starts as soon as the database takes samples; it loads in the
 * background, and when that is done queries are answered. {@link #stop} closes the parts in reverse
 * order.
 */
final class Server implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Server.class);

  private final Instant startTime = Instant.now();
  private final FlagValues flags;
  private final Deque<AutoCloseable> parts = new ArrayDeque<>();
  private final MetricRegistry registry = new MetricRegistry();
  private final Notifications notifications;
  private final Db db;
  private final Reloader reloader;
  private final WebServer web;
  private final CompletableFuture<Void> started;
  private final ChunkEncoding firstFloatEncoding;
  private volatile Retention retention;
  private volatile long evaluationIntervalMillis;

  /** Whether the configuration that the server was started with could not be applied. */
  private volatile boolean unusable;

  /**
   * @param quit asks the program to end
   * @throws io.narthex.server.flags.UsageException where a flag asks for what is not offered
   * @throws io.narthex.storage.StorageException where the data directory cannot be used
   * @throws io.narthex.server.queries.QueryFileException where running queries cannot be recorded
   * @throws io.narthex.http.server.HttpServerException where an address cannot be listened on
   */
  Server(FlagValues flags, ConfigSource source, Config config, Runnable quit) {
    IneffectiveFlags.refuseUnsafe(flags);
    this.flags = flags;
    BuildInfo build = new Build().info();
    Features features = Features.of(flags.list("enable-feature"));
    LOG.atInfo()
        .addKeyValue("mode", "server")
        .addKeyValue("version", build.version())
        .log("Starting Narthex Server");
    features.warnings().forEach(LOG::warn);
    IneffectiveFlags.warnings(flags).forEach(LOG::warn);
    ProcessMetrics.register(registry);
    RuntimeMetrics.register(registry);
    evaluationIntervalMillis = config.global().evaluationInterval().toMillis();
    notifications =
        new Notifications((int) flags.integer("web.max-notifications-subscribers"), registry);

    HeapPacer.start().ifPresent(this::own);

    try {
      StorageSettings storage = StorageSettings.of(flags, features, config.storage());
      retention = storage.retention();
      firstFloatEncoding = storage.options().format().chunks().floats();
      DbOptions options =
          storage
              .options()
              .withMaxExemplars(StorageSettings.maxExemplars(features, config.storage()));
      CompletableFuture<Db> opening =
          CompletableFuture.supplyAsync(() -> Db.open(options, registry), Server::onPlatformThread);
      TransportRuntime transport = own(new TransportRuntime());
      db = own(opened(opening));
      Engine engine = engine(features, options.directory());
      ScrapeManager scrape =
          own(new ScrapeManager(scrapeOptions(features), db, transport, registry));
      DiscoveryManager discovery =
          own(
              new DiscoveryManager(
                  "scrape", registry, Duration.ofSeconds(5), scrape::targetGroups));
      reloader =
          new Reloader(
              source,
              config,
              List.of(
                  new Reloader.Step("storage", next -> applyStorage(next, features)),
                  new Reloader.Step("query engine", next -> applyEngine(next, engine)),
                  new Reloader.Step("scraping", scrape::applyConfig),
                  new Reloader.Step("discovery", next -> discovery.apply(discoveryByJob(next)))),
              notifications,
              registry);
      web = own(new WebServer(webOptions(), webParts(engine, scrape, features, build, quit)));
      web.bind();
      web.start();
      tellWhereTheUiIs(source);
      if (flags.bool("config.auto-reload") && !source.isBuiltIn()) {
        own(
            new AutoReload(
                source.file(), flags.durationMillis("config.auto-reload-interval"), this::reload));
      }
    } catch (RuntimeException e) {
      close();
      throw e;
    }
    notifications.add(Notifications.STARTING_UP);
    CompletableFuture<Void> scraping =
        db.accepting().thenRunAsync(() -> applyFirst(quit), this::inBackground);
    started =
        db.ready()
            .thenCombine(scraping, (loaded, _) -> loaded)
            .whenComplete((_, failure) -> databaseLoaded(failure, quit));
  }

  private <T extends AutoCloseable> T own(T part) {
    parts.push(part);
    return part;
  }

  /** Locking the directory and starting the other parts take the same time and can be at once. */
  private static void onPlatformThread(Runnable task) {
    Thread.ofPlatform().name("storage-open").start(task);
  }

  private static Db opened(CompletableFuture<Db> opening) {
    try {
      return opening.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof StorageException refused) {
        throw refused;
      }
      throw e;
    }
  }

  private void inBackground(Runnable task) {
    Thread.ofVirtual().name("start").start(task);
  }

  /** The database takes samples: scraping and remote write need not wait for what it has. */
  private void applyFirst(Runnable quit) {
    web.readiness(Readiness.RECEIVING);
    try {
      reloader.applyFirst();
    } catch (ReloadException e) {
      LOG.error(e.getMessage());
      unusable = true;
      quit.run();
    }
  }

  private void databaseLoaded(@Nullable Throwable failure, Runnable quit) {
    notifications.delete(Notifications.STARTING_UP);
    if (failure != null) {
      Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
      LOG.atError().addKeyValue("err", cause.getMessage()).log("Opening storage failed");
      quit.run();
      return;
    }
    if (unusable) {
      return;
    }
    web.readiness(Readiness.READY);
    LOG.info("Server is ready to receive web requests.");
  }

  /** Waits until queries are answered. */
  void awaitReady() {
    started.join();
  }

  /** Reloads the configuration; what goes wrong is logged. */
  void reload() {
    try {
      reloader.reload();
    } catch (ReloadException e) {
      LOG.atError().addKeyValue("err", e.getMessage()).log("Error reloading config");
    }
  }

  /** Ends everything; returns whether it had been running well until now. */
  boolean stop() {
    boolean healthy = !unusable && !db.ready().isCompletedExceptionally();
    web.readiness(Readiness.STOPPING);
    notifications.add(Notifications.SHUTTING_DOWN);
    close();
    LOG.info("See you next time!");
    return healthy;
  }

  @Override
  public void close() {
    while (!parts.isEmpty()) {
      AutoCloseable part = parts.pop();
      try {
        part.close();
      } catch (Exception e) {
        LOG.atError()
            .setCause(e)
            .addKeyValue("part", part.getClass().getSimpleName())
            .log("Error stopping");
      }
    }
  }

  /** The directory is locked by now, so nobody else writes to the file about running queries. */
  private Engine engine(Features features, Path directory) {
    EngineOptions options = QuerySettings.of(flags, features, _ -> evaluationIntervalMillis);
    ActiveQueryFile active =
        own(new ActiveQueryFile(directory, options.maxConcurrency(), Clock.systemUTC()));
    return own(new Engine(options, registry, active));
  }

  private void applyStorage(Config config, Features features) {
    // First, as it may be refused; then nothing has changed.
    ChunkEncoding floats =
        StorageSettings.floatEncoding(features, config.storage(), firstFloatEncoding);
    Retention next = Retention.of(flags, config.storage());
    if (!next.equals(retention)) {
      LOG.atInfo()
          .addKeyValue("duration", PromDuration.format(next.millis()))
          .addKeyValue("size", next.bytes())
          .addKeyValue("percentage", next.percentage())
          .log("TSDB retention updated");
    }
    retention = next;
    db.retention(next.limits());
    db.staleSeriesThreshold(config.storage().staleSeriesCompactionThreshold());
    db.outOfOrderWindow(config.storage().outOfOrderTimeWindow().toMillis());
    db.maxExemplars(StorageSettings.maxExemplars(features, config.storage()));
    db.floatEncoding(floats);
  }

  private void applyEngine(Config config, Engine engine) {
    evaluationIntervalMillis = config.global().evaluationInterval().toMillis();
    String file = config.global().queryLogFile();
    engine.queryLog(file.isEmpty() ? null : QueryLogFile.open(Path.of(file), Clock.systemUTC()));
  }

  private static Map<String, List<DiscoveryConfig>> discoveryByJob(Config config) {
    return config.scrapeConfigs().stream()
        .collect(Collectors.toMap(ScrapeConfig::jobName, ScrapeConfig::discovery));
  }

  private ScrapeOptions scrapeOptions(Features features) {
    Duration tolerance =
        flags.bool("scrape.adjust-timestamps")
            ? Duration.ofMillis(flags.durationMillis("scrape.timestamp-tolerance"))
            : Duration.ZERO;
    return new ScrapeOptions(
        Duration.ofMillis(flags.durationMillis("scrape.discovery-reload-interval")),
        tolerance,
        features.has("metadata-wal-records"),
        features.tellsStarts(),
        "Prometheus/" + Build.PROMETHEUS_VERSION);
  }

  private WebOptions webOptions() {
    List<String> addresses = flags.list("web.listen-address");
    ExternalUrl external = ExternalUrl.of(flags);
    WebOptions.Builder options =
        WebOptions.builder()
            .listenAddresses(addresses)
            .externalUrl(external.uri())
            .routePrefix(external.routePrefix())
            .readTimeout(Duration.ofMillis(flags.durationMillis("web.read-timeout")))
            .maxConnections((int) flags.integer("web.max-connections"))
            .corsOrigin(corsOrigin())
            .enableLifecycle(flags.bool("web.enable-lifecycle"))
            .enableAdminApi(flags.bool("web.enable-admin-api"))
            .enableRemoteWriteReceiver(flags.bool("web.enable-remote-write-receiver"))
            .pageTitle(flags.text("web.page-title"))
            .maxNotificationSubscribers((int) flags.integer("web.max-notifications-subscribers"));
    String assets = flags.text("web.user-assets");
    return (assets.isEmpty() ? options : options.userAssets(Path.of(assets))).build();
  }

  private String corsOrigin() {
    String regex = flags.text("web.cors.origin");
    try {
      RegexMatcher unused = RegexMatcher.compile(regex);
    } catch (IllegalArgumentException e) {
      throw new UsageException(
          "--web.cors.origin: could not compile CORS regex string "
              + GoQuote.quote(regex)
              + ": "
              + e.getMessage());
    }
    return regex;
  }

  private WebParts webParts(
      Engine engine, ScrapeManager scrape, Features features, BuildInfo build, Runnable quit) {
    return new WebParts(
        db,
        db,
        db,
        engine,
        scrape.targets(),
        () -> reloader.status().config(),
        this::status,
        build,
        effectiveFlags(),
        features.offered(flags),
        new Lifecycle() {
          @Override
          public void reload() {
            reloader.reload();
          }

          @Override
          public void quit() {
            quit.run();
          }
        },
        notifications,
        Optional.of(
            new RemoteWriteHandler(
                new RemoteWriteReceiver(
                    db, registry, features.tellsStarts(), features.has("metadata-wal-records")))),
        registry);
  }

  /**
   * The flags as the status page shows them: where a default depends on others, what it came to.
   */
  private SortedMap<String, String> effectiveFlags() {
    SortedMap<String, String> all = new TreeMap<>(flags.all());
    all.put("storage.tsdb.retention.time", PromDuration.format(retention.millis()));
    all.put(
        "storage.tsdb.max-block-duration",
        PromDuration.format(StorageSettings.maxBlockMillis(flags, retention)));
    return all;
  }

  private RuntimeStatus status() {
    Reloader.Status config = reloader.status();
    return new RuntimeStatus(
        startTime,
        Path.of("").toAbsolutePath().toString(),
        ExternalUrl.hostname(),
        config.success(),
        config.lastSuccess(),
        retention.text());
  }

  private void tellWhereTheUiIs(ConfigSource source) {
    String url =
        "http://"
            + ConfigSource.selfAddress(flags.list("web.listen-address").getFirst())
            + ExternalUrl.of(flags).pathPrefix()
            + "/";
    if (source.isBuiltIn()) {
      LOG.info("no prometheus.yml here and no --config.file given: scraping this server itself");
    }
    LOG.atInfo()
        .addKeyValue("url", url)
        .addKeyValue("data", flags.text("storage.tsdb.path"))
        .log("Listening; the UI is at " + url);
  }
}
