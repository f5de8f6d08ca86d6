package io.narthex.config;

import io.narthex.model.labels.Labels;
import java.time.Duration;
import java.util.List;

/**
 * What holds for all jobs unless they say otherwise.
 *
 * @param scrapeProtocols empty where not configured: each job then chooses
 * @param externalLabels environment variables expanded; values may be empty
 */
public record GlobalConfig(
    Duration scrapeInterval,
    Duration scrapeTimeout,
    List<ScrapeProtocol> scrapeProtocols,
    Duration evaluationInterval,
    Duration ruleQueryOffset,
    String queryLogFile,
    String scrapeFailureLogFile,
    Labels externalLabels,
    ScrapeLimits limits,
    NameValidation nameValidation,
    NameEscaping nameEscaping,
    HistogramScraping histograms,
    boolean extraScrapeMetrics) {
  public GlobalConfig {
    scrapeProtocols = List.copyOf(scrapeProtocols);
  }
}
