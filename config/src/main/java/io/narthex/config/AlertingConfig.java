package io.narthex.config;

import io.narthex.config.relabel.RelabelConfig;
import io.narthex.http.client.HttpClientConfig;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Where alerts go. */
public record AlertingConfig(
    List<RelabelConfig> alertRelabelConfigs, List<Alertmanager> alertmanagers) {
  public static final AlertingConfig NONE = new AlertingConfig(List.of(), List.of());

  public AlertingConfig {
    alertRelabelConfigs = List.copyOf(alertRelabelConfigs);
    alertmanagers = List.copyOf(alertmanagers);
  }

  /** A set of Alertmanagers, discovered like targets. */
  public record Alertmanager(
      String scheme,
      String pathPrefix,
      Duration timeout,
      HttpClientConfig http,
      Optional<SigV4Config> sigv4,
      List<DiscoveryConfig> discovery,
      List<RelabelConfig> relabelConfigs,
      List<RelabelConfig> alertRelabelConfigs) {}

  /** Whether there is nothing configured at all. */
  public boolean isEmpty() {
    return alertmanagers.isEmpty() && alertRelabelConfigs.isEmpty();
  }

  /** Sets of Alertmanagers by the name under which discovery knows them: {@code config-0}. */
  public Map<String, Alertmanager> byDiscoveryName() {
    Map<String, Alertmanager> named = new java.util.LinkedHashMap<>();
    for (int i = 0; i < alertmanagers.size(); i++) {
      named.put("config-" + i, alertmanagers.get(i));
    }
    return named;
  }
}
