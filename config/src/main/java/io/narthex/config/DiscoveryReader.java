package io.narthex.config;

import io.narthex.config.DiscoveryConfig.Dns;
import io.narthex.config.DiscoveryConfig.File;
import io.narthex.config.DiscoveryConfig.Group;
import io.narthex.config.DiscoveryConfig.Http;
import io.narthex.config.DiscoveryConfig.Other;
import io.narthex.config.DiscoveryConfig.Static;
import io.narthex.config.yaml.Values;
import io.narthex.http.client.HttpClientConfig;
import io.narthex.model.labels.Labels;
import io.narthex.model.labels.LabelsBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes the discovery records of a job. */
final class DiscoveryReader {
  private DiscoveryReader() {}

  static List<DiscoveryConfig> read(Values job) {
    List<DiscoveryConfig> all = new ArrayList<>();
    for (Mechanism mechanism : Mechanisms.ALL) {
      for (Values values : job.sections(mechanism.key())) {
        if (values != null) {
          all.add(read(mechanism, values));
        }
      }
    }
    List<Group> groups = new ArrayList<>();
    for (Values group : job.sections(Mechanism.STATIC_KEY)) {
      if (group != null) {
        groups.add(group(group));
      }
    }
    if (!groups.isEmpty()) {
      all.add(new Static(groups));
    }
    return all;
  }

  static Group group(Values values) {
    return new Group(values.texts("targets"), labels(values.map("labels")));
  }

  private static Labels labels(Map<String, String> map) {
    LabelsBuilder builder = new LabelsBuilder();
    map.forEach(builder::set);
    return builder.labels();
  }

  private static DiscoveryConfig read(Mechanism mechanism, Values values) {
    return switch (mechanism.name()) {
      case "file" -> new File(values.texts("files"), values.duration("refresh_interval"));
      case "http" ->
          new Http(
              values.text("url"),
              values.duration("refresh_interval"),
              HttpClientReader.read(values));
      case "dns" ->
          new Dns(
              values.texts("names"),
              values.text("type").toUpperCase(Locale.ROOT),
              values.integer("port"),
              values.duration("refresh_interval"));
      default ->
          new Other(
              mechanism.name(),
              values.toMap(),
              mechanism.http() ? HttpClientReader.read(values) : HttpClientConfig.DEFAULT);
    };
  }

  /** Joins every file path of a job's mechanisms with the folder of the file. */
  static void resolvePaths(Values job, Folder folder) {
    for (Mechanism mechanism : Mechanisms.ALL) {
      for (@Nullable Values values : job.sections(mechanism.key())) {
        if (values != null) {
          mechanism.resolvePaths(values, folder);
        }
      }
    }
  }

  /** What of a job cannot run here, one line for each mechanism. */
  static List<String> unsupported(String user, List<DiscoveryConfig> discovery) {
    return discovery.stream()
        .filter(Other.class::isInstance)
        .map(DiscoveryConfig::mechanism)
        .distinct()
        .map(
            mechanism ->
                user
                    + ": "
                    + mechanism
                    + "_sd_configs is not supported yet, no targets come from it; file_sd_configs"
                    + " or http_sd_configs can stand in")
        .toList();
  }
}
