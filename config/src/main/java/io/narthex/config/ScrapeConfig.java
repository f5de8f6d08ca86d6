package io.narthex.config;

import io.narthex.config.relabel.RelabelConfig;
import io.narthex.http.client.HttpClientConfig;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One job: whom to scrape, how, and what to do with the samples. Global settings have been filled
 * in where the job says nothing.
 *
 * @param params query parameters, in the order of the file
 * @param fallbackProtocol the format assumed where a target does not name one
 * @param failureLogFile where to log failed scrapes, empty for nowhere
 */
public record ScrapeConfig(
    String jobName,
    Duration scrapeInterval,
    Duration scrapeTimeout,
    List<ScrapeProtocol> scrapeProtocols,
    Optional<ScrapeProtocol> fallbackProtocol,
    String scheme,
    String metricsPath,
    Map<String, List<String>> params,
    boolean honorLabels,
    boolean honorTimestamps,
    boolean trackTimestampsStaleness,
    boolean enableCompression,
    boolean extraScrapeMetrics,
    HistogramScraping histograms,
    ScrapeLimits limits,
    NameValidation nameValidation,
    NameEscaping nameEscaping,
    String failureLogFile,
    HttpClientConfig http,
    List<DiscoveryConfig> discovery,
    List<RelabelConfig> relabelConfigs,
    List<RelabelConfig> metricRelabelConfigs) {
  public ScrapeConfig {
    scrapeProtocols = List.copyOf(scrapeProtocols);
    discovery = List.copyOf(discovery);
    relabelConfigs = List.copyOf(relabelConfigs);
    metricRelabelConfigs = List.copyOf(metricRelabelConfigs);
  }
}
