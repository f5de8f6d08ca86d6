package io.narthex.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.config.ConfigException;
import io.narthex.config.ConfigLoader;
import io.narthex.config.LoadOptions;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class IneffectiveSettingsTest {
  @Test
  void tellsEachSettingThatDoesNothing() throws ConfigException {
    List<String> warnings =
        warnings(
            """
            rule_files: [rules.yml]
            alerting: {alertmanagers: [{static_configs: [{targets: ["a:9093"]}]}]}
            remote_write: [{url: "http://a/write"}]
            remote_read: [{url: "http://a/read"}]
            tracing: {endpoint: "a:4317"}
            storage:
              tsdb:
                out_of_order_time_window: 1h
                chunk_encoding: {floats: xor2}
                retention: {percentage: 50}
                stale_series_compaction_threshold: 0.5
            scrape_configs:
              - job_name: native
                scrape_native_histograms: true
                convert_classic_histograms_to_nhcb: true
              - job_name: proto
                scrape_protocols: [PrometheusProto]
            """);
    assertThat(warnings)
        .extracting(line -> line.substring(0, line.indexOf(" has no effect: ")))
        .containsExactly(
            "rule_files",
            "alerting",
            "remote_write",
            "remote_read",
            "tracing",
            "job \"native\": scrape_native_histograms",
            "job \"native\": convert_classic_histograms_to_nhcb",
            "job \"proto\": PrometheusProto in scrape_protocols");
  }

  @Test
  void isSilentAboutAConfigurationThatIsHeededInFull() throws ConfigException {
    assertThat(
            warnings(
                """
                storage: {tsdb: {retention: {time: 3d, size: 1GB}}, exemplars: {max_exemplars: 5}}
                scrape_configs: [{job_name: a, static_configs: [{targets: ["a:1"]}]}]
                """))
        .isEmpty();
  }

  private static List<String> warnings(String yaml) throws ConfigException {
    return IneffectiveSettings.warnings(
        ConfigLoader.parse(yaml, Path.of("prometheus.yml"), LoadOptions.server()));
  }
}
