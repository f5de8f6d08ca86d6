package io.narthex.scrape;

import io.narthex.client.MetricRegistry;
import io.narthex.config.Config;
import io.narthex.config.ScrapeConfig;
import io.narthex.discovery.TargetGroup;
import io.narthex.http.client.TransportRuntime;
import io.narthex.model.labels.Labels;
import io.narthex.storage.Appendable;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Scrapes all jobs of a configuration into a storage. Construct, {@link #applyConfig}, feed it with
 * {@link #targetGroups} whenever discovery has news, {@link #close} before the storage.
 */
public final class ScrapeManager implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ScrapeManager.class);

  private final ScrapeOptions options;
  private final TransportRuntime runtime;
  private final PoolContext.Shared shared;
  private final ScrapeMetrics metrics;
  private final TargetsView view = new View();
  private final ConcurrentSkipListMap<String, ScrapePool> pools = new ConcurrentSkipListMap<>();

  /** Guarded by this. */
  private Map<String, ScrapeConfig> configs = Map.of();

  private final Map<String, FailureLog> failureLogs = new HashMap<>();
  private long offsetSeed;

  private volatile Map<String, List<TargetGroup>> groups = Map.of();
  private final Semaphore news = new Semaphore(0);
  private final Thread syncer;
  private volatile boolean closed;

  public ScrapeManager(
      ScrapeOptions options,
      Appendable storage,
      TransportRuntime runtime,
      MetricRegistry registry) {
    this.options = options;
    this.runtime = runtime;
    this.metrics = new ScrapeMetrics(registry);
    this.shared =
        new PoolContext.Shared(
            options,
            storage,
            metrics,
            new BodyPool(),
            new CursorPool(options.startTimestamps()),
            new MetadataInterner(),
            SpanHash.Keys.random());
    metrics.metadataCaches(
        values -> pools.forEach((job, pool) -> values.value(pool.metadataEntries(), job)),
        values -> pools.forEach((job, pool) -> values.value(pool.metadataBytes(), job)));
    syncer = Thread.ofVirtual().name("scrape target sync").start(this::syncWhenToldTo);
  }

  /**
   * Takes over a configuration: jobs that vanished stop, jobs that changed restart their loops,
   * others go on undisturbed. New jobs start with their first targets.
   *
   * @throws ScrapeException where a job cannot be set up, such as for an unreadable certificate;
   *     all other jobs have been taken over then
   */
  public synchronized void applyConfig(Config config) {
    Map<String, ScrapeConfig> wanted = new HashMap<>();
    for (ScrapeConfig one : config.scrapeConfigs()) {
      wanted.put(one.jobName(), one);
    }
    openFailureLogs(wanted);
    configs = wanted;
    offsetSeed = offsetSeed(config.global().externalLabels());
    List<String> problems = new ArrayList<>();
    for (Map.Entry<String, ScrapePool> entry : pools.entrySet()) {
      try {
        apply(entry.getKey(), entry.getValue(), wanted.get(entry.getKey()));
      } catch (ScrapeException e) {
        problems.add(e.getMessage());
      }
    }
    if (!groups.isEmpty()) {
      news.release();
    }
    if (!problems.isEmpty()) {
      throw new ScrapeException(String.join("; ", problems));
    }
  }

  private void apply(
      String job, ScrapePool pool, @org.jspecify.annotations.Nullable ScrapeConfig config) {
    try {
      if (config == null) {
        pool.stop();
        pools.remove(job);
      } else if (!config.equals(pool.config())) {
        pool.reload(config, failureLog(config));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Opens each file once, and those that are open again: a reload is a chance to rotate them. */
  private void openFailureLogs(Map<String, ScrapeConfig> wanted) {
    failureLogs.values().forEach(FailureLog::reopen);
    for (ScrapeConfig config : wanted.values()) {
      failureLogs.computeIfAbsent(config.failureLogFile(), FailureLog::open);
    }
  }

  private FailureLog failureLog(ScrapeConfig config) {
    return failureLogs.getOrDefault(config.failureLogFile(), FailureLog.NONE);
  }

  /** Differs between replicas, whose host names or external labels differ. */
  private static long offsetSeed(Labels externalLabels) {
    String host;
    try {
      host = InetAddress.getLocalHost().getCanonicalHostName();
    } catch (UnknownHostException e) {
      host = "";
    }
    long seed = 0xcbf29ce484222325L;
    String text = host + externalLabels;
    for (int i = 0; i < text.length(); i++) {
      seed = (seed ^ text.charAt(i)) * 0x100000001b3L;
    }
    return seed;
  }

  /**
   * Takes all target groups of all jobs, by job name. Cheap: the work is done in the background, at
   * most once per {@link ScrapeOptions#discoveryReloadInterval}.
   */
  public void targetGroups(Map<String, List<TargetGroup>> groupsByJob) {
    groups = Map.copyOf(groupsByJob);
    news.release();
  }

  private void syncWhenToldTo() {
    try {
      while (!closed) {
        news.acquire();
        news.drainPermits();
        syncAll();
        Thread.sleep(options.discoveryReloadInterval());
      }
    } catch (InterruptedException e) {
      // Closed.
    }
  }

  /** Jobs one after the other: what takes long is waiting for loops that stop, and that is rare. */
  private synchronized void syncAll() throws InterruptedException {
    if (closed) {
      return;
    }
    for (Map.Entry<String, List<TargetGroup>> entry : groups.entrySet()) {
      Optional<ScrapePool> pool = pool(entry.getKey());
      if (pool.isPresent()) {
        pool.get().sync(entry.getValue());
      }
    }
  }

  private Optional<ScrapePool> pool(String job) {
    ScrapePool pool = pools.get(job);
    ScrapeConfig config = configs.get(job);
    if (pool != null || config == null) {
      return Optional.ofNullable(pool);
    }
    metrics.pools.inc();
    try {
      pool = new ScrapePool(config, shared, runtime, failureLog(config), offsetSeed);
      pools.put(job, pool);
      return Optional.of(pool);
    } catch (ScrapeException e) {
      metrics.poolsFailed.inc();
      LOG.atError()
          .addKeyValue("scrape_pool", job)
          .addKeyValue("err", e.getMessage())
          .log("error creating new scrape pool");
      return Optional.empty();
    }
  }

  /** What is being scraped. */
  public TargetsView targets() {
    return view;
  }

  /** Stops all loops and drops scrapes that run; writes no staleness markers. */
  @Override
  public void close() {
    closed = true;
    syncer.interrupt();
    synchronized (this) {
      pools.values().forEach(ScrapePool::close);
      pools.clear();
      failureLogs.values().forEach(FailureLog::close);
    }
  }

  private final class View implements TargetsView {
    @Override
    public List<String> pools() {
      return List.copyOf(pools.keySet());
    }

    @Override
    public SortedMap<String, List<Target>> active() {
      return map(ScrapePool::active);
    }

    @Override
    public SortedMap<String, List<Target>> dropped() {
      return map(ScrapePool::dropped);
    }

    @Override
    public SortedMap<String, Integer> droppedCounts() {
      return map(ScrapePool::droppedCount);
    }

    @Override
    public Optional<ScrapeConfig> config(String pool) {
      return Optional.ofNullable(pools.get(pool)).map(ScrapePool::config);
    }

    private <T> SortedMap<String, T> map(Function<ScrapePool, T> property) {
      SortedMap<String, T> out = new TreeMap<>();
      pools.forEach((job, pool) -> out.put(job, property.apply(pool)));
      return out;
    }
  }
}
