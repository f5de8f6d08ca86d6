package io.narthex.discovery;

import io.narthex.config.DiscoveryConfig;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A running discoverer with the jobs that use it and the groups that it has reported. */
final class Provider {
  private final DiscoveryConfig config;
  private final Discoverer discoverer;
  private final Map<String, TargetGroup> groups = new LinkedHashMap<>();
  private Set<String> jobs = new HashSet<>();
  private @Nullable Thread thread;

  Provider(DiscoveryConfig config, Discoverer discoverer) {
    this.config = config;
    this.discoverer = discoverer;
  }

  DiscoveryConfig config() {
    return config;
  }

  Discoverer discoverer() {
    return discoverer;
  }

  synchronized Set<String> jobs() {
    return jobs;
  }

  synchronized void jobs(Set<String> users) {
    jobs = Set.copyOf(users);
  }

  synchronized void update(List<TargetGroup> updates) {
    for (TargetGroup group : updates) {
      if (group.targets().isEmpty()) {
        groups.remove(group.source());
      } else {
        groups.put(group.source(), group);
      }
    }
  }

  synchronized Collection<TargetGroup> groups() {
    return List.copyOf(groups.values());
  }

  synchronized boolean isStarted() {
    return thread != null;
  }

  synchronized void start(Thread.Builder builder, Runnable body) {
    thread = builder.start(body);
  }

  /** Tells the discoverer to stop and waits until it has. */
  void stop() {
    Thread running;
    synchronized (this) {
      running = thread;
    }
    if (running != null) {
      running.interrupt();
      try {
        running.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
