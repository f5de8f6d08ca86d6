package io.narthex.config;

import io.narthex.http.client.HttpClientConfig;
import io.narthex.model.labels.Labels;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** One entry of one of the discovery lists of a job: who finds the targets, and how. */
public sealed interface DiscoveryConfig {
  /** The mechanism's name as in metrics and logs: {@code static}, {@code file}, {@code ec2}. */
  String mechanism();

  /** Targets that stand in the configuration itself; all groups of the job together. */
  record Static(List<Group> groups) implements DiscoveryConfig {
    public Static {
      groups = List.copyOf(groups);
    }

    @Override
    public String mechanism() {
      return "static";
    }
  }

  /**
   * Addresses with common labels, as in {@code static_configs} and in the files of {@link File}.
   */
  record Group(List<String> targets, Labels labels) {
    public Group {
      targets = List.copyOf(targets);
    }
  }

  /** Target groups in files, JSON or YAML; a pattern may hold {@code *} in its last part. */
  record File(List<String> files, Duration refreshInterval) implements DiscoveryConfig {
    public File {
      files = List.copyOf(files);
    }

    @Override
    public String mechanism() {
      return "file";
    }
  }

  /** Target groups fetched from an URL. */
  record Http(String url, Duration refreshInterval, HttpClientConfig http)
      implements DiscoveryConfig {
    @Override
    public String mechanism() {
      return "http";
    }
  }

  /**
   * Targets from DNS.
   *
   * @param type {@code SRV}, {@code A}, {@code AAAA}, {@code MX} or {@code NS}
   * @param port the port of targets that come without one
   */
  record Dns(List<String> names, String type, int port, Duration refreshInterval)
      implements DiscoveryConfig {
    public Dns {
      names = List.copyOf(names);
    }

    @Override
    public String mechanism() {
      return "dns";
    }
  }

  /**
   * Any other mechanism, its settings by key after defaults: text, numbers, booleans, durations,
   * secrets, lists and maps of these.
   */
  record Other(String mechanism, Map<String, Object> settings, HttpClientConfig http)
      implements DiscoveryConfig {}
}
