package io.narthex.server;

import io.narthex.config.Config;
import io.narthex.config.HistogramScraping;
import io.narthex.config.ScrapeConfig;
import io.narthex.config.ScrapeProtocol;
import io.narthex.model.labels.GoQuote;
import java.util.ArrayList;
import java.util.List;

/**
 * The settings of a valid configuration that do nothing here, told whenever the configuration is
 * loaded: a server that only seems to alert or to forward is worse than none.
 */
final class IneffectiveSettings {
  private final List<String> warnings = new ArrayList<>();

  private IneffectiveSettings() {}

  /** One line for each, in the order of the file. */
  static List<String> warnings(Config config) {
    IneffectiveSettings found = new IneffectiveSettings();
    found.addGlobal(config);
    config.scrapeConfigs().forEach(found::addJob);
    return List.copyOf(found.warnings);
  }

  private void addGlobal(Config config) {
    addIf(
        !config.ruleFiles().isEmpty(),
        "rule_files",
        "recording and alerting rules are not evaluated by this version; keep evaluating them with"
            + " Prometheus");
    addIf(
        !config.alerting().isEmpty(),
        "alerting",
        "no alerts are sent by this version; keep sending them with Prometheus");
    addIf(
        !config.remoteWrite().isEmpty(),
        "remote_write",
        "samples are not forwarded by this version");
    addIf(
        !config.remoteRead().isEmpty(),
        "remote_read",
        "queries do not ask other storages in this version");
    addIf(config.tracing().isPresent(), "tracing", "no traces are sent by this version");
  }

  private void addJob(ScrapeConfig job) {
    String where = "job " + GoQuote.quote(job.jobName()) + ": ";
    HistogramScraping histograms = job.histograms();
    addIf(
        histograms.scrapeNative(),
        where + "scrape_native_histograms",
        "protobuf exposition is not parsed by this version; histograms are scraped with their"
            + " classic buckets");
    addIf(
        !histograms.scrapeNative()
            && job.scrapeProtocols().contains(ScrapeProtocol.PROMETHEUS_PROTO),
        where + "PrometheusProto in scrape_protocols",
        "protobuf exposition is not parsed by this version");
    addIf(
        histograms.convertClassicToNhcb(),
        where + "convert_classic_histograms_to_nhcb",
        "classic histograms are kept as they are by this version");
  }

  private void addIf(boolean present, String setting, String reason) {
    if (present) {
      warnings.add(setting + " has no effect: " + reason);
    }
  }
}
