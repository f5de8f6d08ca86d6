package io.narthex.config;

import java.util.List;
import java.util.Optional;

/**
 * A whole configuration, valid and complete.
 *
 * @param ruleFiles patterns of rule files, absolute
 * @param scrapeConfigs the jobs of the file itself and of the files that {@code
 *     scrape_config_files} names
 * @param yaml the effective configuration as text, secrets masked
 * @param warnings what is accepted but has no effect here, one line each, for the log
 */
public record Config(
    GlobalConfig global,
    RuntimeConfig runtime,
    AlertingConfig alerting,
    List<String> ruleFiles,
    List<String> scrapeConfigFiles,
    List<ScrapeConfig> scrapeConfigs,
    StorageConfig storage,
    Optional<TracingConfig> tracing,
    List<RemoteWriteConfig> remoteWrite,
    List<RemoteReadConfig> remoteRead,
    OtlpConfig otlp,
    String yaml,
    List<String> warnings) {
  public Config {
    ruleFiles = List.copyOf(ruleFiles);
    scrapeConfigFiles = List.copyOf(scrapeConfigFiles);
    scrapeConfigs = List.copyOf(scrapeConfigs);
    remoteWrite = List.copyOf(remoteWrite);
    remoteRead = List.copyOf(remoteRead);
    warnings = List.copyOf(warnings);
  }

  Config withWarnings(List<String> found) {
    return new Config(
        global,
        runtime,
        alerting,
        ruleFiles,
        scrapeConfigFiles,
        scrapeConfigs,
        storage,
        tracing,
        remoteWrite,
        remoteRead,
        otlp,
        yaml,
        found);
  }

  /** As {@code /api/v1/status/config} shows it. */
  public String toYaml() {
    return yaml;
  }
}
