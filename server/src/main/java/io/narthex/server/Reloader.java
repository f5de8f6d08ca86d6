package io.narthex.server;

import io.narthex.client.Gauge;
import io.narthex.client.MetricRegistry;
import io.narthex.config.Config;
import io.narthex.config.ConfigException;
import io.narthex.model.labels.GoQuote;
import io.narthex.web.Notifications;
import java.time.Instant;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Holds the active configuration and replaces it: the file is read and checked as a whole first,
 * and where it is bad the old one stays active.
 */
final class Reloader {
  /** A part that takes over a configuration. */
  interface Applier {
    void apply(Config config);
  }

  /** What is applied, under the name that a failure is logged with. */
  record Step(String name, Applier applier) {}

  /** The state that the status page shows. */
  record Status(Config config, boolean success, Instant lastSuccess) {}

  private static final Logger LOG = LoggerFactory.getLogger(Reloader.class);

  private final ConfigSource source;
  private final List<Step> steps;
  private final Notifications notifications;
  private final Gauge success;
  private final Gauge successTime;
  private volatile Status status;

  Reloader(
      ConfigSource source,
      Config first,
      List<Step> steps,
      Notifications notifications,
      MetricRegistry registry) {
    this.source = source;
    this.steps = List.copyOf(steps);
    this.notifications = notifications;
    this.success =
        registry.gauge(
            "prometheus_config_last_reload_successful",
            "Whether the last configuration reload attempt was successful.");
    this.successTime =
        registry.gauge(
            "prometheus_config_last_reload_success_timestamp_seconds",
            "Timestamp of the last successful configuration reload.");
    this.status = new Status(first, false, Instant.EPOCH);
  }

  Status status() {
    return status;
  }

  /** Applies the configuration that the server was started with. */
  void applyFirst() {
    apply(status.config());
  }

  /**
   * Reads the configuration anew and applies it.
   *
   * @throws ReloadException where it is bad or a part refuses it; the message says why
   */
  synchronized void reload() {
    LOG.atInfo().addKeyValue("filename", source.name()).log("Loading configuration file");
    Config config;
    try {
      config = source.load();
    } catch (ConfigException e) {
      fail();
      throw new ReloadException(
          "couldn't load configuration "
              + flag()
              + ": "
              + e.getMessage()
              + "; the configuration loaded before stays active");
    }
    apply(config);
  }

  /** The configuration file as Prometheus' messages name it. */
  private String flag() {
    return "(--config.file=" + GoQuote.quote(source.file().toString()) + ")";
  }

  private synchronized void apply(Config config) {
    long start = System.nanoTime();
    config.warnings().forEach(warning -> LOG.warn("{}", warning));
    IneffectiveSettings.warnings(config).forEach(warning -> LOG.warn("{}", warning));
    boolean failed = false;
    for (Step step : steps) {
      try {
        step.applier().apply(config);
      } catch (RuntimeException e) {
        failed = true;
        LOG.atError()
            .setCause(e)
            .addKeyValue("part", step.name())
            .log("Failed to apply configuration");
      }
    }
    if (failed) {
      status = new Status(config, false, status.lastSuccess());
      fail();
      throw new ReloadException(
          "one or more errors occurred while applying the new configuration "
              + flag()
              + "; see the log");
    }
    status = new Status(config, true, Instant.now());
    success.set(1);
    successTime.set(System.currentTimeMillis() / 1000.0);
    notifications.delete(Notifications.CONFIGURATION_UNSUCCESSFUL);
    LOG.atInfo()
        .addKeyValue("filename", source.name())
        .addKeyValue("totalDuration", (System.nanoTime() - start) / 1_000_000 + "ms")
        .log("Completed loading of configuration file");
  }

  private void fail() {
    status = new Status(status.config(), false, status.lastSuccess());
    success.set(0);
    notifications.add(Notifications.CONFIGURATION_UNSUCCESSFUL);
  }
}
