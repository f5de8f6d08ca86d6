package io.narthex.config;

import io.narthex.config.yaml.Problems;
import io.narthex.config.yaml.Values;
import io.narthex.config.yaml.YamlBinder;
import io.narthex.config.yaml.YamlWriter;
import io.narthex.model.labels.GoQuote;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Reads configuration files. */
public final class ConfigLoader {
  private ConfigLoader() {}

  /**
   * Reads a file and those that it includes.
   *
   * @throws ConfigException with every problem of the files
   */
  public static Config load(Path file, LoadOptions options) throws ConfigException {
    Problems problems = new Problems(file.toString());
    String text = readText(file, problems);
    problems.throwIfAny();
    return parse(text, file, options);
  }

  /**
   * Reads the text of a file that need not exist.
   *
   * @param file names it in messages; its folder is what relative paths start from
   * @throws ConfigException with every problem of the text and of files that it includes
   */
  public static Config parse(String yaml, Path file, LoadOptions options) throws ConfigException {
    Problems problems = new Problems(file.toString());
    Values config = bind(yaml, file, options, problems);
    problems.throwIfAny();
    List<Values> jobs = new ArrayList<>();
    config.sections("scrape_configs").forEach(jobs::add);
    new IncludedJobs(config, problems).addTo(jobs);
    problems.throwIfAny();
    List<ScrapeConfig> scrapeConfigs = jobs.stream().map(ConfigReader::job).toList();
    Config whole = ConfigReader.read(config, scrapeConfigs, YamlWriter.write(config), List.of());
    return withWarnings(whole);
  }

  /**
   * Reads target groups as in files for file-based discovery: JSON where the name ends so, else
   * YAML.
   *
   * @throws ConfigException with every problem of the text
   */
  public static List<DiscoveryConfig.Group> parseTargetGroups(String text, String fileName)
      throws ConfigException {
    boolean json = fileName.toLowerCase(Locale.ROOT).endsWith(".json");
    return readTargetGroups(json ? JsonText.asYaml(text) : text, fileName);
  }

  /**
   * Reads target groups from JSON, as HTTP-based discovery gets them.
   *
   * @throws ConfigException with every problem of the text
   */
  public static List<DiscoveryConfig.Group> parseJsonTargetGroups(String text, String url)
      throws ConfigException {
    return readTargetGroups(JsonText.asYaml(text), url);
  }

  private static List<DiscoveryConfig.Group> readTargetGroups(String text, String fileName)
      throws ConfigException {
    Problems problems = new Problems(fileName);
    List<DiscoveryConfig.Group> groups = new ArrayList<>();
    List<Values> all = new YamlBinder(problems).bindList(text, PlainDiscoverySections.STATIC);
    for (int i = 0; i < all.size(); i++) {
      Values group = all.get(i);
      if (group == null) {
        problems.add(0, 0, "[" + i + "]", "nil target group item found");
      } else {
        groups.add(DiscoveryReader.group(group));
      }
    }
    problems.throwIfAny();
    return groups;
  }

  private static Values bind(String yaml, Path file, LoadOptions options, Problems problems) {
    Values config = new YamlBinder(problems).bind(yaml, ConfigSections.CONFIG);
    fillRuntime(config, options);
    Values global = config.section("global");
    GlobalDefaults.fillGlobal(global, config.isSet("global") && !config.isNull("global"));
    new CrossChecks(config, global, options).run();
    expandExternalLabels(global, options.environment());
    resolvePaths(config, Folder.of(file));
    return config;
  }

  private static void fillRuntime(Values config, LoadOptions options) {
    Values runtime = config.section("runtime");
    if (runtime.number("gogc") == 0) {
      String fromEnvironment = options.environment().getOrDefault("GOGC", "");
      long percent = 75;
      if (fromEnvironment.equalsIgnoreCase("off")) {
        percent = -1;
      } else if (fromEnvironment.matches("[-+]?\\d{1,9}")) {
        percent = Long.parseLong(fromEnvironment);
      }
      runtime.set("gogc", percent);
    }
  }

  private static void expandExternalLabels(Values global, Map<String, String> environment) {
    Map<String, String> expanded = new LinkedHashMap<>();
    global
        .<String>map("external_labels")
        .forEach((name, value) -> expanded.put(name, GoExpand.expand(value, environment)));
    global.set("external_labels", expanded);
  }

  private static void resolvePaths(Values config, Folder folder) {
    folder.resolve(config.section("global"), "query_log_file", "scrape_failure_log_file");
    folder.resolveList(config, "rule_files");
    folder.resolveList(config, "scrape_config_files");
    for (Values job : config.sections("scrape_configs")) {
      if (job != null) {
        IncludedJobs.resolvePaths(job, folder);
      }
    }
    for (Values alertmanager : config.section("alerting").sections("alertmanagers")) {
      if (alertmanager != null) {
        HttpClientReader.resolvePaths(alertmanager, folder);
        DiscoveryReader.resolvePaths(alertmanager, folder);
      }
    }
    for (String key : List.of("remote_write", "remote_read")) {
      for (Values remote : config.sections(key)) {
        if (remote != null) {
          HttpClientReader.resolvePaths(remote, folder);
        }
      }
    }
    Values tracing = config.optional("tracing");
    if (tracing != null) {
      HttpClientReader.resolveTls(tracing.section("tls_config"), folder);
    }
  }

  static String readText(Path file, Problems problems) {
    try {
      return Files.readString(file);
    } catch (NoSuchFileException e) {
      problems.add(0, 0, "", "open " + file + ": no such file or directory");
    } catch (AccessDeniedException e) {
      problems.add(0, 0, "", "open " + file + ": permission denied");
    } catch (MalformedInputException e) {
      problems.add(0, 0, "", "yaml: invalid UTF-8: the file must be text in UTF-8");
    } catch (IOException e) {
      problems.add(0, 0, "", "read " + file + ": " + e.getMessage());
    }
    return "";
  }

  private static Config withWarnings(Config config) {
    List<String> warnings = new ArrayList<>();
    for (ScrapeConfig job : config.scrapeConfigs()) {
      warnings.addAll(
          DiscoveryReader.unsupported("job " + GoQuote.quote(job.jobName()), job.discovery()));
    }
    config
        .alerting()
        .byDiscoveryName()
        .forEach(
            (name, each) ->
                warnings.addAll(
                    DiscoveryReader.unsupported("alertmanagers " + name, each.discovery())));
    return warnings.isEmpty() ? config : config.withWarnings(warnings);
  }
}
