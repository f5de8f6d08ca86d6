package io.narthex.discovery;

import io.narthex.config.DiscoveryConfig;
import io.narthex.http.client.Transport;
import io.narthex.http.client.TransportException;
import io.narthex.http.client.TransportRuntime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The mechanisms that need nothing but files, URLs and DNS. */
final class StandardDiscoverers implements DiscovererFactory, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(StandardDiscoverers.class);

  private final DiscoveryMetrics metrics;
  private final List<Transport> transports = new ArrayList<>();

  /** Started with the first job that needs it. */
  private @Nullable TransportRuntime runtime;

  StandardDiscoverers(DiscoveryMetrics metrics) {
    this.metrics = metrics;
  }

  @Override
  public Optional<Discoverer> create(DiscoveryConfig config, String job) {
    return switch (config) {
      case DiscoveryConfig.Static fixed -> Optional.of(new StaticDiscoverer(fixed));
      case DiscoveryConfig.File file -> Optional.of(new FileDiscoverer(file, metrics));
      case DiscoveryConfig.Http http -> http(http, job);
      case DiscoveryConfig.Dns dns ->
          Optional.of(
              new RefreshDiscoverer(
                  "dns", job, dns.refreshInterval(), new DnsSource(dns, metrics), metrics));
      case DiscoveryConfig.Other other -> {
        LOG.warn(
            "{}_sd_configs is not supported yet, no targets come from it: config={}",
            other.mechanism(),
            job);
        yield Optional.empty();
      }
    };
  }

  private synchronized Optional<Discoverer> http(DiscoveryConfig.Http config, String job) {
    TransportRuntime shared = runtime == null ? new TransportRuntime() : runtime;
    runtime = shared;
    try {
      Transport transport = new Transport(config.http(), shared);
      transports.add(transport);
      return Optional.of(
          new RefreshDiscoverer(
              "http",
              job,
              config.refreshInterval(),
              new HttpSource(config, transport, metrics),
              metrics));
    } catch (TransportException e) {
      LOG.error("Cannot create service discovery type=http config={} err={}", job, e.getMessage());
      return Optional.empty();
    }
  }

  @Override
  public synchronized void close() {
    transports.forEach(Transport::close);
    transports.clear();
    if (runtime != null) {
      runtime.close();
      runtime = null;
    }
  }
}
