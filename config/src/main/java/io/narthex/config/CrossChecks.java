package io.narthex.config;

import io.narthex.config.yaml.Values;
import io.narthex.model.labels.GoQuote;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What can only be judged with the whole file in view; fills jobs from {@code global}. */
final class CrossChecks {
  private final Values config;
  private final Values global;
  private final LoadOptions options;

  CrossChecks(Values config, Values global, LoadOptions options) {
    this.config = config;
    this.global = global;
    this.options = options;
  }

  void run() {
    checkJobs();
    checkAlerting();
    checkRemotes();
    checkOtlp();
    if (options.agentMode()) {
      checkAgent();
    }
  }

  private void checkJobs() {
    Set<String> seen = new HashSet<>();
    List<@Nullable Values> jobs = config.sections("scrape_configs");
    for (int i = 0; i < jobs.size(); i++) {
      Values job = jobs.get(i);
      if (job == null) {
        config.refuseEntry("scrape_configs", i, "empty or null scrape config section");
        continue;
      }
      GlobalDefaults.fillJob(job, global);
      String name = job.text("job_name");
      if (!name.isEmpty() && !seen.add(name)) {
        job.refuse(
            "job_name", "found multiple scrape configs with job name " + GoQuote.quote(name));
      }
    }
  }

  private void checkAlerting() {
    NameValidation names = GlobalDefaults.names(global);
    Values alerting = config.section("alerting");
    RelabelSection.checkAll(alerting, "alert_relabel_configs", names);
    for (Values alertmanager : alerting.sections("alertmanagers")) {
      if (alertmanager != null) {
        RelabelSection.checkAll(alertmanager, "alert_relabel_configs", names);
        RelabelSection.checkAll(alertmanager, "relabel_configs", names);
      }
    }
  }

  private void checkRemotes() {
    checkRemoteNames("remote_write", "remote write");
    checkRemoteNames("remote_read", "remote read");
    for (Values remote : config.sections("remote_write")) {
      if (remote != null) {
        RelabelSection.checkAll(remote, "write_relabel_configs", GlobalDefaults.names(global));
      }
    }
  }

  private void checkRemoteNames(String key, String kind) {
    Set<String> seen = new HashSet<>();
    List<@Nullable Values> remotes = config.sections(key);
    for (int i = 0; i < remotes.size(); i++) {
      Values remote = remotes.get(i);
      if (remote == null) {
        config.refuseEntry(key, i, "empty or null " + kind + " config section");
        continue;
      }
      String name = remote.text("name");
      if (!name.isEmpty() && !seen.add(name)) {
        remote.refuse(
            "name", "found multiple " + kind + " configs with job name " + GoQuote.quote(name));
      }
    }
  }

  private void checkOtlp() {
    Values otlp = config.section("otlp");
    String strategy = otlp.text("translation_strategy");
    boolean utf8 =
        strategy.equals("NoTranslation") || strategy.equals("NoUTF8EscapingWithSuffixes");
    if (utf8 && GlobalDefaults.names(global) == NameValidation.LEGACY) {
      otlp.refuse(
          "translation_strategy",
          "OTLP translation strategy "
              + GoQuote.quote(strategy)
              + " is not allowed when UTF8 is disabled");
    }
  }

  private void checkAgent() {
    Values alerting = config.section("alerting");
    if (!alerting.sections("alertmanagers").isEmpty()
        || !alerting.sections("alert_relabel_configs").isEmpty()) {
      config.refuse("alerting", "field alerting is not allowed in agent mode");
    }
    if (!config.texts("rule_files").isEmpty()) {
      config.refuse("rule_files", "field rule_files is not allowed in agent mode");
    }
    if (!config.sections("remote_read").isEmpty()) {
      config.refuse("remote_read", "field remote_read is not allowed in agent mode");
    }
  }
}
