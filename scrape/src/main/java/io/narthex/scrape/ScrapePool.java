package io.narthex.scrape;

import io.narthex.config.ScrapeConfig;
import io.narthex.config.relabel.Relabeler;
import io.narthex.discovery.TargetGroup;
import io.narthex.http.client.Transport;
import io.narthex.http.client.TransportException;
import io.narthex.http.client.TransportRuntime;
import io.narthex.model.labels.Labels;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The targets of one job and their loops. Safe for several threads. */
final class ScrapePool implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ScrapePool.class);

  private final PoolContext.Shared shared;
  private final TransportRuntime runtime;
  private final ScrapeMetrics metrics;
  private final long offsetSeed;
  private final Map<Long, ScrapeLoop> loops = new HashMap<>();
  private final List<ScrapeLoop> ending = new ArrayList<>();

  /** Written under the lock of this, which also guards all of the above and the next two. */
  private volatile PoolContext context;

  private Relabeler relabeler;
  private Map<Long, Target> byHash = new HashMap<>();
  private volatile List<Target> active = List.of();
  private volatile List<Target> dropped = List.of();
  private volatile int droppedCount;

  /**
   * @throws ScrapeException where the job's HTTP settings cannot be used
   */
  ScrapePool(
      ScrapeConfig config,
      PoolContext.Shared shared,
      TransportRuntime runtime,
      FailureLog failureLog,
      long offsetSeed) {
    this.shared = shared;
    this.runtime = runtime;
    this.metrics = shared.metrics();
    this.offsetSeed = offsetSeed;
    this.context = context(config, failureLog);
    this.relabeler = new Relabeler(config.relabelConfigs(), config.nameValidation());
    metrics.targetLimit.labels(config.jobName()).set(config.limits().targets());
  }

  private PoolContext context(ScrapeConfig config, FailureLog failureLog) {
    try {
      return new PoolContext(
          config,
          shared,
          new Transport(config.http(), runtime),
          new Relabeler(config.metricRelabelConfigs(), config.nameValidation()),
          failureLog);
    } catch (TransportException e) {
      throw new ScrapeException(
          "scrape job \"" + config.jobName() + "\": error creating HTTP client: " + e.getMessage(),
          e);
    }
  }

  ScrapeConfig config() {
    return context.config();
  }

  /** Targets being scraped, sorted by URL. */
  List<Target> active() {
    return active;
  }

  /** Targets that relabeling dropped, as far as they are kept. */
  List<Target> dropped() {
    return dropped;
  }

  int droppedCount() {
    return droppedCount;
  }

  /** Takes over what discovery knows: starts loops of new targets, stops those of vanished ones. */
  synchronized void sync(List<TargetGroup> groups) throws InterruptedException {
    long start = System.nanoTime();
    String job = context.config().jobName();
    List<Target> found = new ArrayList<>();
    collect(groups, found);
    Set<Long> wanted = new HashSet<>();
    List<ScrapeLoop> starting = new ArrayList<>();
    for (Target target : found) {
      boolean first = wanted.add(target.hash());
      Target known = byHash.get(target.hash());
      if (known != null) {
        known.origin(target);
      } else if (first) {
        ScrapeLoop loop = new ScrapeLoop(context, target, null, offsetSeed);
        byHash.put(target.hash(), target);
        loops.put(target.hash(), loop);
        starting.add(loop);
      }
    }
    List<ScrapeLoop> stopping = vanished(wanted);
    publish();
    metrics.targets.labels(job).set(wanted.size());
    forceErrors(targetLimitProblem());
    starting.forEach(ScrapeLoop::start);
    // A target that flaps must not be scraped by two loops at once.
    stop(stopping);
    metrics.syncLength.labels(job).observeSince(start);
    metrics.syncLengthHistogram.labels(job).observeSince(start);
    metrics.syncs.labels(job).inc();
  }

  private void collect(List<TargetGroup> groups, List<Target> found) {
    ScrapeConfig config = context.config();
    List<Target> nowDropped = new ArrayList<>();
    int count = 0;
    for (TargetGroup group : groups) {
      int instance = 0;
      for (Labels targetLabels : group.targets()) {
        Optional<Labels> labels = Optional.empty();
        try {
          labels = TargetLabels.populate(config, relabeler, targetLabels, group.labels());
        } catch (IllegalArgumentException e) {
          failed(instance, group, e.getMessage());
          continue;
        } finally {
          instance++;
        }
        if (labels.isPresent()) {
          found.add(new Target(labels.get(), config, targetLabels, group.labels()));
          continue;
        }
        long keep = config.limits().keepDroppedTargets();
        if (keep == 0 || nowDropped.size() < keep) {
          nowDropped.add(new Target(Labels.EMPTY, config, targetLabels, group.labels()));
        }
        count++;
      }
    }
    dropped = List.copyOf(nowDropped);
    droppedCount = count;
    metrics.symbols.labels(config.jobName()).set(found.size());
  }

  private void failed(int instance, TargetGroup group, String reason) {
    String job = context.config().jobName();
    LOG.atError()
        .addKeyValue("scrape_pool", job)
        .addKeyValue("err", "instance " + instance + " in group " + group.source() + ": " + reason)
        .log("Creating target failed");
    metrics.syncFailed.labels(job).inc();
  }

  private List<ScrapeLoop> vanished(Set<Long> wanted) {
    List<ScrapeLoop> out = new ArrayList<>();
    byHash.keySet().removeIf(hash -> !wanted.contains(hash));
    loops
        .entrySet()
        .removeIf(
            entry -> {
              boolean gone = !wanted.contains(entry.getKey());
              if (gone) {
                out.add(entry.getValue());
              }
              return gone;
            });
    return out;
  }

  private void publish() {
    List<Target> sorted = new ArrayList<>(byHash.values());
    sorted.sort(Comparator.comparing(Target::url));
    active = List.copyOf(sorted);
  }

  private String targetLimitProblem() {
    long limit = context.config().limits().targets();
    if (limit == 0 || loops.size() <= limit) {
      return "";
    }
    metrics.exceededTargetLimit.inc();
    return "target_limit exceeded (number of targets: " + loops.size() + ", limit: " + limit + ")";
  }

  private void forceErrors(String error) {
    loops.values().forEach(loop -> loop.forceError(error));
  }

  /** Stops loops and waits for their last scrapes; their staleness markers come later. */
  private void stop(List<ScrapeLoop> some) throws InterruptedException {
    some.forEach(ScrapeLoop::requestStop);
    for (ScrapeLoop loop : some) {
      loop.awaitStopped();
    }
    ending.removeIf(ScrapeLoop::ended);
    ending.addAll(some);
  }

  /**
   * Restarts all loops under another configuration. Targets keep their state; caches are kept where
   * the new configuration makes the same labels.
   *
   * @throws ScrapeException where the new HTTP settings cannot be used; the old go on then
   */
  synchronized void reload(ScrapeConfig config, FailureLog failureLog) throws InterruptedException {
    metrics.poolReloads.inc();
    long start = System.nanoTime();
    PoolContext old = context;
    try {
      context = context(config, failureLog);
    } catch (ScrapeException e) {
      metrics.poolReloadsFailed.inc();
      throw e;
    }
    relabeler = new Relabeler(config.relabelConfigs(), config.nameValidation());
    metrics.targetLimit.labels(config.jobName()).set(config.limits().targets());
    restart(sameSeries(old.config(), config));
    old.transport().close();
    metrics
        .reloadLength
        .labels(TargetLabels.goDuration(config.scrapeInterval()))
        .observeSince(start);
  }

  private void restart(boolean reuseCaches) throws InterruptedException {
    String limitProblem = targetLimitProblem();
    List<ScrapeLoop> old = new ArrayList<>(loops.values());
    if (reuseCaches) {
      old.forEach(ScrapeLoop::endSilently);
    }
    stop(old);
    for (Map.Entry<Long, ScrapeLoop> entry : loops.entrySet()) {
      Target target = byHash.get(entry.getKey());
      if (target != null) {
        ScrapeLoop loop =
            new ScrapeLoop(
                context, target, reuseCaches ? entry.getValue().state() : null, offsetSeed);
        if (!limitProblem.isEmpty()) {
          loop.forceError(limitProblem);
        }
        entry.setValue(loop);
        loop.start();
      }
    }
  }

  /** Whether two configurations lead from the same body to the same series. */
  private static boolean sameSeries(ScrapeConfig a, ScrapeConfig b) {
    return withoutTiming(a, b).equals(b);
  }

  /** The configuration with those settings of the other that no label depends on. */
  private static ScrapeConfig withoutTiming(ScrapeConfig a, ScrapeConfig other) {
    return new ScrapeConfig(
        a.jobName(),
        other.scrapeInterval(),
        other.scrapeTimeout(),
        a.scrapeProtocols(),
        a.fallbackProtocol(),
        a.scheme(),
        a.metricsPath(),
        a.params(),
        a.honorLabels(),
        a.honorTimestamps(),
        a.trackTimestampsStaleness(),
        a.enableCompression(),
        a.extraScrapeMetrics(),
        a.histograms(),
        a.limits(),
        a.nameValidation(),
        a.nameEscaping(),
        other.failureLogFile(),
        other.http(),
        a.discovery(),
        a.relabelConfigs(),
        a.metricRelabelConfigs());
  }

  long metadataEntries() {
    long sum = 0;
    for (Target target : active) {
      sum += target.metadata().size();
    }
    return sum;
  }

  long metadataBytes() {
    long sum = 0;
    for (Target target : active) {
      for (FamilyMetadata m : target.metadata()) {
        sum +=
            m.metadata().help().length()
                + m.metadata().unit().length()
                + m.metadata().type().text().length();
      }
    }
    return sum;
  }

  /** Ends the job for good, as it is no longer configured; staleness markers are not written. */
  synchronized void stop() throws InterruptedException {
    List<ScrapeLoop> all = new ArrayList<>(loops.values());
    all.forEach(ScrapeLoop::endSilently);
    stop(all);
    finish();
  }

  /** Ends everything at once, for shutdown. */
  @Override
  public synchronized void close() {
    ending.addAll(loops.values());
    ending.forEach(ScrapeLoop::cancel);
    try {
      for (ScrapeLoop loop : ending) {
        loop.awaitEnd();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    finish();
  }

  private void finish() {
    loops.clear();
    byHash = new HashMap<>();
    active = List.of();
    context.transport().close();
    metrics.remove(context.config().jobName());
  }
}
