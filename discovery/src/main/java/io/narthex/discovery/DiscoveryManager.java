package io.narthex.discovery;

import io.narthex.client.MetricRegistry;
import io.narthex.config.DiscoveryConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the discoverers of a configuration and hands the targets of all jobs to one subscriber.
 *
 * <p>Discoverers with equal settings run once, whatever the number of jobs that use them, and go on
 * through a reload that keeps them. Updates are throttled: the first comes at once, those that
 * follow closely wait longer and longer, up to the update interval.
 */
public final class DiscoveryManager implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(DiscoveryManager.class);

  public static final Duration DEFAULT_UPDATE_INTERVAL = Duration.ofSeconds(5);

  private final String name;
  private final DiscoveryMetrics metrics;
  private final DiscovererFactory factory;
  private final UpdateSender sender;

  /** Guarded by this. */
  private List<Provider> providers = List.of();

  /** Guarded by this. */
  private Set<String> jobs = Set.of();

  /**
   * A manager that runs what needs nothing but files, URLs and DNS.
   *
   * @param name tells managers apart in metrics: {@code scrape} or {@code notify}
   * @param subscriber gets, one call at a time, the groups of each job; jobs without targets have
   *     an empty list
   */
  public DiscoveryManager(
      String name,
      MetricRegistry registry,
      Duration updateInterval,
      Consumer<Map<String, List<TargetGroup>>> subscriber) {
    this(name, new DiscoveryMetrics(registry), updateInterval, subscriber);
  }

  /** As above, for a program with several managers. */
  public DiscoveryManager(
      String name,
      DiscoveryMetrics metrics,
      Duration updateInterval,
      Consumer<Map<String, List<TargetGroup>>> subscriber) {
    this(name, metrics, new StandardDiscoverers(metrics), updateInterval, subscriber);
  }

  /** As above, with mechanisms of the caller's choice. */
  public DiscoveryManager(
      String name,
      DiscoveryMetrics metrics,
      DiscovererFactory factory,
      Duration updateInterval,
      Consumer<Map<String, List<TargetGroup>>> subscriber) {
    this.name = name;
    this.metrics = metrics;
    this.factory = factory;
    metrics.failedConfigs.labels(name).set(0);
    metrics.receivedUpdates.labels(name);
    metrics.delayedUpdates.labels(name);
    sender =
        new UpdateSender(
            "discovery-" + name,
            updateInterval,
            () -> {
              subscriber.accept(allGroups());
              metrics.sentUpdates.labels(name).inc();
            });
    metrics.sentUpdates.labels(name);
  }

  /** Starts, keeps and stops discoverers so that exactly those of the jobs given run. */
  public void apply(Map<String, List<DiscoveryConfig>> byJob) {
    List<Provider> obsolete;
    synchronized (this) {
      Map<DiscoveryConfig, Provider> running = new LinkedHashMap<>();
      providers.forEach(provider -> running.put(provider.config(), provider));
      Map<DiscoveryConfig, Set<String>> wanted = jobsByConfig(byJob);
      List<Provider> next = new ArrayList<>();
      int failed = 0;
      for (Map.Entry<DiscoveryConfig, Set<String>> entry : wanted.entrySet()) {
        Optional<Provider> provider = provider(entry, running);
        provider.ifPresent(found -> found.jobs(entry.getValue()));
        provider.ifPresent(next::add);
        failed += provider.isPresent() ? 0 : 1;
      }
      metrics.failedConfigs.labels(name).set(failed);
      obsolete = new ArrayList<>(running.values());
      obsolete.removeAll(next);
      providers = next;
      forgetJobs(byJob.keySet());
      next.stream().filter(provider -> !provider.isStarted()).forEach(this::start);
    }
    obsolete.forEach(Provider::stop);
    sender.trigger();
  }

  private Optional<Provider> provider(
      Map.Entry<DiscoveryConfig, Set<String>> wanted, Map<DiscoveryConfig, Provider> running) {
    Provider known = running.get(wanted.getKey());
    return known != null
        ? Optional.of(known)
        : factory
            .create(wanted.getKey(), wanted.getValue().iterator().next())
            .map(discoverer -> new Provider(wanted.getKey(), discoverer));
  }

  private static Map<DiscoveryConfig, Set<String>> jobsByConfig(
      Map<String, List<DiscoveryConfig>> byJob) {
    Map<DiscoveryConfig, Set<String>> wanted = new LinkedHashMap<>();
    byJob.forEach(
        (job, configs) ->
            configs.forEach(
                config -> wanted.computeIfAbsent(config, _ -> new LinkedHashSet<>()).add(job)));
    return wanted;
  }

  private void forgetJobs(Set<String> kept) {
    for (String job : jobs) {
      if (!kept.contains(job)) {
        metrics.discoveredTargets.remove(name, job);
        metrics.lastUpdated.remove(name, job);
      }
    }
    jobs = new LinkedHashSet<>(kept);
    kept.forEach(job -> metrics.discoveredTargets.labels(name, job));
  }

  private void start(Provider provider) {
    String threadName = "discovery-" + name + "-" + provider.config().mechanism();
    provider.start(Thread.ofVirtual().name(threadName), () -> run(provider));
  }

  private void run(Provider provider) {
    try {
      provider
          .discoverer()
          .run(
              groups -> {
                metrics.receivedUpdates.labels(name).inc();
                provider.update(groups);
                sender.trigger();
              });
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      LOG.error(
          "discovery stopped: mechanism={} config={}",
          provider.config().mechanism(),
          provider.jobs(),
          e);
    }
  }

  private Map<String, List<TargetGroup>> allGroups() {
    Map<String, List<TargetGroup>> all = new LinkedHashMap<>();
    synchronized (this) {
      jobs.forEach(job -> all.put(job, new ArrayList<>()));
      for (Provider provider : providers) {
        for (String job : provider.jobs()) {
          List<TargetGroup> groups = all.get(job);
          if (groups != null) {
            groups.addAll(provider.groups());
          }
        }
      }
    }
    all.forEach(
        (job, groups) -> {
          int targets = groups.stream().mapToInt(group -> group.targets().size()).sum();
          metrics.discoveredTargets.labels(name, job).set(targets);
          metrics.lastUpdated.labels(name, job).setToCurrentTime();
        });
    return all;
  }

  /** Stops all discoverers and waits for the subscriber's last call. */
  @Override
  public void close() {
    List<Provider> running;
    synchronized (this) {
      running = providers;
      providers = List.of();
      jobs = new HashSet<>();
    }
    sender.close();
    running.forEach(Provider::stop);
    if (factory instanceof StandardDiscoverers standard) {
      standard.close();
    }
  }
}
