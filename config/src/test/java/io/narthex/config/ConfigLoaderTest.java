package io.narthex.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.narthex.config.ConfigException.Problem;
import io.narthex.config.yaml.Problems;
import io.narthex.config.yaml.YamlBinder;
import io.narthex.http.client.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

class ConfigLoaderTest {
  private static final LoadOptions OPTIONS = new LoadOptions(false, Map.of());

  private static Config parse(String yaml) throws ConfigException {
    return ConfigLoader.parse(yaml, Path.of("conf/prometheus.yml"), OPTIONS);
  }

  private static List<Problem> problems(String yaml) {
    ConfigException error = catchThrowableOfType(ConfigException.class, () -> parse(yaml));
    assertThat(error).as(yaml).isNotNull();
    return error.problems();
  }

  @Test
  void reportsEveryProblemWithItsPlace() {
    List<Problem> problems =
        problems(
            """
            global:
              scrape_intervall: 15s
              evaluation_interval: 1x
            scrape_configs:
            - job_name: a
              scrape_timeout: 2m
              scheme: [http]
            - job_name: a
              sample_limit: -1
              basic_auth: {username: u, password: p}
              bearer_token: t
            rule_files:
            - rules/*/*.yml
            """);

    assertThat(problems)
        .extracting(Problem::toString)
        .containsExactly(
            "conf/prometheus.yml:2:3: global: yaml: unmarshal errors: field scrape_intervall not"
                + " found in type config.plain, did you mean \"scrape_interval\"?",
            "conf/prometheus.yml:3:24: global.evaluation_interval: not a valid duration string:"
                + " \"1x\"",
            "conf/prometheus.yml:6:19: scrape_configs[0].scrape_timeout: scrape timeout greater"
                + " than scrape interval for scrape config with job name \"a\"",
            "conf/prometheus.yml:7:11: scrape_configs[0].scheme: yaml: unmarshal errors: cannot"
                + " unmarshal !!seq into string",
            "conf/prometheus.yml:8:13: scrape_configs[1].job_name: found multiple scrape configs"
                + " with job name \"a\"",
            "conf/prometheus.yml:9:17: scrape_configs[1].sample_limit: yaml: unmarshal errors:"
                + " cannot unmarshal !!int `-1` into uint",
            "conf/prometheus.yml:11:17: scrape_configs[1].bearer_token: at most one of basic_auth,"
                + " oauth2, bearer_token & bearer_token_file must be configured",
            "conf/prometheus.yml:13:3: rule_files[0]: invalid rule file path \"rules/*/*.yml\"");
  }

  @Test
  void reportsWhereTheYamlIsBroken() {
    assertThat(problems("global:\n  scrape_interval: [\n").getFirst())
        .satisfies(
            problem -> {
              assertThat(problem.line()).isEqualTo(3);
              assertThat(problem.message()).startsWith("yaml: while parsing a flow node");
            });
    assertThat(problems("a: b: c").getFirst().message())
        .isEqualTo("yaml: mapping values are not allowed here");
  }

  @Test
  void saysWhichFileIsMissing(@TempDir Path folder) {
    Path file = folder.resolve("none.yml");
    assertThat(catchThrowableOfType(ConfigException.class, () -> ConfigLoader.load(file, OPTIONS)))
        .hasMessage(file + ": open " + file + ": no such file or directory");
  }

  @Test
  void fillsDefaults() throws ConfigException {
    ScrapeConfig job = parse("scrape_configs: [{job_name: x}]").scrapeConfigs().getFirst();

    assertThat(job.scrapeInterval()).isEqualTo(Duration.ofMinutes(1));
    assertThat(job.scrapeTimeout()).isEqualTo(Duration.ofSeconds(10));
    assertThat(job.metricsPath()).isEqualTo("/metrics");
    assertThat(job.scheme()).isEqualTo("http");
    assertThat(job.honorTimestamps()).isTrue();
    assertThat(job.enableCompression()).isTrue();
    assertThat(job.http().followRedirects()).isTrue();
    assertThat(job.scrapeProtocols()).isEqualTo(ScrapeProtocol.DEFAULT);
    assertThat(job.limits()).isEqualTo(ScrapeLimits.NONE);
  }

  @Test
  void shortIntervalsShortenTheTimeout() throws ConfigException {
    Config config = parse("global: {scrape_interval: 5s}\nscrape_configs: [{job_name: x}]");
    assertThat(config.scrapeConfigs().getFirst().scrapeTimeout()).isEqualTo(Duration.ofSeconds(5));
  }

  @Test
  void nullIsTheZeroValueAndNotTheDefault() throws ConfigException {
    ScrapeConfig job =
        parse("scrape_configs: [{job_name: x, metrics_path: , honor_timestamps: ~}]")
            .scrapeConfigs()
            .getFirst();
    assertThat(job.metricsPath()).isEmpty();
    assertThat(job.honorTimestamps()).isFalse();
  }

  @Test
  void readsYaml11AndMergesMappings() throws ConfigException {
    Config config =
        parse(
            """
            scrape_configs:
            - &base
              job_name: a
              honor_labels: yes
              sample_limit: 0x10
              static_configs: [{targets: ['h:1']}]
            - <<: *base
              job_name: b
              honor_labels: off
            """);
    assertThat(config.scrapeConfigs())
        .extracting(ScrapeConfig::jobName, ScrapeConfig::honorLabels)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("a", true),
            org.assertj.core.groups.Tuple.tuple("b", false));
    assertThat(config.scrapeConfigs().getLast().limits().samples()).isEqualTo(16);
  }

  @Test
  void resolvesPathsAgainstTheFolderOfTheFile() throws ConfigException {
    Config config =
        parse(
            """
            rule_files: [rules.yml, /abs/rules.yml]
            scrape_configs:
            - job_name: x
              basic_auth: {username: u, password_file: ../secret}
              tls_config: {ca_file: ca.pem}
              file_sd_configs: [{files: ['sd/*.json']}]
            """);
    ScrapeConfig job = config.scrapeConfigs().getFirst();
    assertThat(config.ruleFiles()).containsExactly("conf/rules.yml", "/abs/rules.yml");
    assertThat(job.http().basicAuth().orElseThrow().passwordFile()).isEqualTo("secret");
    assertThat(job.http().tls().caFile()).isEqualTo("conf/ca.pem");
    assertThat(((DiscoveryConfig.File) job.discovery().getFirst()).files())
        .containsExactly("conf/sd/*.json");
  }

  @Test
  void masksSecretsWhereverTheyArePrinted() throws ConfigException {
    Config config =
        parse(
            """
            scrape_configs:
            - job_name: x
              basic_auth: {username: u, password: hush}
              proxy_url: http://me:hush@proxy:3128
            remote_write:
            - url: http://user:hush@remote/write
              authorization: {credentials: hush}
            """);
    assertThat(config.toYaml()).doesNotContain("hush").contains("http://user:xxxxx@remote/write");
    assertThat(config.scrapeConfigs().getFirst().http().basicAuth().orElseThrow().password())
        .isEqualTo(new Secret("hush"))
        .hasToString("<secret>");
  }

  @Test
  void includesJobsOfOtherFilesAndNamesTheirProblems(@TempDir Path folder) throws Exception {
    Path main = folder.resolve("prometheus.yml");
    Files.writeString(
        main, "global: {scrape_interval: 30s}\nscrape_config_files: ['jobs/*.yml']\n");
    Path jobs = Files.createDirectories(folder.resolve("jobs"));
    Files.writeString(
        jobs.resolve("a.yml"),
        "scrape_configs:\n- job_name: a\n  file_sd_configs: [{files: [t.yml]}]\n");

    ScrapeConfig job = ConfigLoader.load(main, OPTIONS).scrapeConfigs().getFirst();
    assertThat(job.scrapeInterval()).isEqualTo(Duration.ofSeconds(30));
    assertThat(((DiscoveryConfig.File) job.discovery().getFirst()).files())
        .containsExactly(jobs.resolve("t.yml").toString());

    Files.writeString(jobs.resolve("b.yml"), "scrape_configs:\n- job_name: a\n  schema: http\n");
    ConfigException error =
        catchThrowableOfType(ConfigException.class, () -> ConfigLoader.load(main, OPTIONS));
    assertThat(error.problems())
        .extracting(Problem::file, Problem::line)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(jobs.resolve("b.yml").toString(), 2),
            org.assertj.core.groups.Tuple.tuple(jobs.resolve("b.yml").toString(), 3));
  }

  @Test
  void warnsOfMechanismsThatCannotRun() throws ConfigException {
    Config config =
        parse("scrape_configs: [{job_name: x, gce_sd_configs: [{project: p, zone: z}]}]");
    assertThat(config.warnings())
        .containsExactly(
            "job \"x\": gce_sd_configs is not supported yet, no targets come from it;"
                + " file_sd_configs or http_sd_configs can stand in");
  }

  @TestFactory
  Stream<DynamicTest> azureSections() throws IOException {
    Path folder = Conformance.folder("remote");
    return Conformance.rows(folder.resolve("azuread-index.jsonl")).stream()
        .map(
            row ->
                DynamicTest.dynamicTest(
                    row.get("file").toString(),
                    () -> {
                      Problems problems = new Problems("azuread.yml");
                      new YamlBinder(problems)
                          .bind(
                              Files.readString(folder.resolve(row.get("file").toString())),
                              RemoteSections.AZUREAD);
                      ConfigException error =
                          catchThrowableOfType(ConfigException.class, problems::throwIfAny);
                      if (Boolean.TRUE.equals(row.get("ok"))) {
                        assertThat(error).isNull();
                      } else {
                        assertThat(error)
                            .hasMessageContaining(row.get("error_contains").toString());
                      }
                    }));
  }

  @Test
  @SuppressWarnings("unchecked")
  void modelOfTheLargeExampleIsAsExpected() throws Exception {
    Path folder = Conformance.folder("config");
    Config config = ConfigLoader.load(folder.resolve("prometheus/conf.good.yml"), OPTIONS);
    Map<String, Object> expected =
        Conformance.object(Files.readString(folder.resolve("prometheus-conf.good.expected.json")));
    List<Map<String, Object>> jobs = (List<Map<String, Object>>) expected.get("ScrapeConfigs");

    assertThat(config.scrapeConfigs()).hasSameSizeAs(jobs);
    for (int i = 0; i < jobs.size(); i++) {
      Map<String, Object> row = jobs.get(i);
      ScrapeConfig job = config.scrapeConfigs().get(i);
      assertThat(job.jobName()).isEqualTo(row.get("JobName"));
      assertThat(job.scrapeInterval().toNanos())
          .as(job.jobName())
          .isEqualTo(row.get("ScrapeInterval"));
      assertThat(job.limits().samples()).isEqualTo(row.get("SampleLimit"));
      assertThat(job.honorLabels()).isEqualTo(Boolean.TRUE.equals(row.get("HonorLabels")));
      assertThat(job.relabelConfigs()).hasSize(sizeOf(row.get("RelabelConfigs")));
      assertThat(job.metricRelabelConfigs()).hasSize(sizeOf(row.get("MetricRelabelConfigs")));
      assertThat(job.discovery()).hasSize(sizeOf(row.get("ServiceDiscoveryConfigs")));
    }
    assertThat(config.remoteWrite()).hasSize(sizeOf(expected.get("RemoteWriteConfigs")));
    assertThat(config.remoteRead()).hasSize(sizeOf(expected.get("RemoteReadConfigs")));
    assertThat(config.runtime().goGcPercent()).isEqualTo(42);
  }

  private static int sizeOf(Object list) {
    return list instanceof List<?> elements ? elements.size() : 0;
  }
}
