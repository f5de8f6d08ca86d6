package io.narthex.discovery;

import io.narthex.config.DiscoveryConfig;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The mechanisms that need nothing but files and this process. */
final class StandardDiscoverers implements DiscovererFactory {
  private static final Logger LOG = LoggerFactory.getLogger(StandardDiscoverers.class);

  private final DiscoveryMetrics metrics;

  StandardDiscoverers(DiscoveryMetrics metrics) {
    this.metrics = metrics;
  }

  @Override
  public Optional<Discoverer> create(DiscoveryConfig config, String job) {
    return switch (config) {
      case DiscoveryConfig.Static fixed -> Optional.of(new StaticDiscoverer(fixed));
      case DiscoveryConfig.File file -> Optional.of(new FileDiscoverer(file, metrics));
      case DiscoveryConfig.Http _, DiscoveryConfig.Dns _, DiscoveryConfig.Other _ -> {
        LOG.warn(
            "{}_sd_configs is not supported yet, no targets come from it: config={}",
            config.mechanism(),
            job);
        yield Optional.empty();
      }
    };
  }
}
