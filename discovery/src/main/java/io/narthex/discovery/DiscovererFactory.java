package io.narthex.discovery;

import io.narthex.config.DiscoveryConfig;
import java.util.Optional;

/** Makes discoverers from configuration: the one place where mechanisms are listed. */
public interface DiscovererFactory {
  /**
   * The discoverer of a configuration, not yet running; nothing where the mechanism is not
   * supported or its settings cannot be used, which the factory has logged.
   *
   * @param job the first job that uses it, for logs and metrics
   */
  Optional<Discoverer> create(DiscoveryConfig config, String job);
}
