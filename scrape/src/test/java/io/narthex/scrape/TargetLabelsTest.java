package io.narthex.scrape;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.narthex.config.ScrapeConfig;
import io.narthex.config.relabel.Relabeler;
import io.narthex.model.labels.Labels;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TargetLabelsTest {
  private static final ScrapeConfig JOB =
      ScrapeHarness.load(
              """
              scrape_configs:
                - job_name: job
                  scrape_interval: 30s
                  scrape_timeout: 10s
                  params: {module: [http, other]}
              """)
          .scrapeConfigs()
          .getFirst();

  private static Labels populate(String... targetLabels) {
    return TargetLabels.populate(
            JOB, Relabeler.NONE, Labels.of(targetLabels), Labels.of("group", "g", "own", "group"))
        .orElseThrow();
  }

  @Test
  void fillsInWhatTheTargetDoesNotSay() {
    Labels labels = populate("__address__", "h:1", "own", "target", "__meta_x", "gone");
    assertThat(labels)
        .isEqualTo(
            Labels.of(
                "__address__", "h:1",
                "__always_scrape_classic_histograms__", "false",
                "__convert_classic_histograms_to_nhcb__", "false",
                "__metrics_path__", "/metrics",
                "__param_module", "http",
                "__scheme__", "http",
                "__scrape_interval__", "30s",
                "__scrape_native_histograms__", "false",
                "__scrape_timeout__", "10s",
                "group", "g",
                "instance", "h:1",
                "job", "job",
                "own", "target"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "__address__||no address",
        "__address__|a/b|\"a/b\" is not a valid hostname",
        "__scrape_interval__|x|error parsing scrape interval: not a valid duration string: \"x\"",
        "__scrape_interval__|0|scrape interval cannot be 0",
        "__scrape_timeout__|x|error parsing scrape timeout: not a valid duration string: \"x\"",
        "__scrape_timeout__|0|scrape timeout cannot be 0",
        "__scrape_timeout__|1m|scrape timeout cannot be greater than scrape interval"
            + " (\"1m\" > \"30s\")",
        "__scrape_native_histograms__|maybe|error parsing scrape native histograms:"
            + " strconv.ParseBool: parsing \"maybe\": invalid syntax"
      })
  void refusesTargetsThatCannotBeScraped(String label, String value, String error) {
    String[] labels =
        label.equals("__address__")
            ? new String[] {label, value == null ? "" : value}
            : new String[] {"__address__", "h:1", label, value};
    assertThatThrownBy(() -> populate(labels)).hasMessage(error);
  }

  @Test
  void buildsTheUrlFromLabelsAndParameters() {
    Labels labels =
        populate(
            "__address__",
            "h:1",
            "__scheme__",
            "https",
            "__metrics_path__",
            "probe x",
            "__param_target",
            "a b&c");
    assertThat(TargetUrl.of(labels, Map.of("module", List.of("http", "other"))))
        .isEqualTo("https://h:1/probe%20x?module=http&module=other&target=a+b%26c");
  }

  @Test
  void identifiesTargetsByLabelsAndUrl() {
    Target a = target("__address__", "h:1");
    assertThat(a.hash()).isEqualTo(target("__address__", "h:1").hash());
    assertThat(a.hash()).isNotEqualTo(target("__address__", "h:2").hash());
    assertThat(a.hash()).isNotEqualTo(target("__address__", "h:1", "x", "y").hash());
  }

  private static Target target(String... labels) {
    return new Target(populate(labels), JOB, Labels.of(labels), Labels.EMPTY);
  }

  @Test
  void tellsDurationsAsGo() {
    assertThat(TargetLabels.goDuration(Duration.ofMillis(200))).isEqualTo("200ms");
    assertThat(TargetLabels.goDuration(Duration.ofMillis(1500))).isEqualTo("1.5s");
    assertThat(TargetLabels.goDuration(Duration.ofSeconds(60))).isEqualTo("1m0s");
    assertThat(TargetLabels.goDuration(Duration.ofSeconds(3690))).isEqualTo("1h1m30s");
  }
}
