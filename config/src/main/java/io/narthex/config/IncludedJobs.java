package io.narthex.config;

import io.narthex.config.yaml.Problems;
import io.narthex.config.yaml.Values;
import io.narthex.config.yaml.YamlBinder;
import io.narthex.model.labels.GoQuote;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The jobs of the files that {@code scrape_config_files} names. */
final class IncludedJobs {
  private final Values config;
  private final Problems problems;

  IncludedJobs(Values config, Problems problems) {
    this.config = config;
    this.problems = problems;
  }

  void addTo(List<Values> jobs) {
    Map<String, String> firstFoundIn = new HashMap<>();
    for (Values job : jobs) {
      firstFoundIn.put(job.text("job_name"), "main config file");
    }
    for (String pattern : config.texts("scrape_config_files")) {
      for (Path file : Glob.files(pattern)) {
        addFile(file, jobs, firstFoundIn);
      }
    }
  }

  private void addFile(Path file, List<Values> jobs, Map<String, String> firstFoundIn) {
    Problems ofFile = problems.in(file.toString());
    String text = ConfigLoader.readText(file, ofFile);
    Values values = new YamlBinder(ofFile).bind(text, ScrapeSections.JOBS_FILE);
    List<Values> found = values.sections("scrape_configs");
    for (int i = 0; i < found.size(); i++) {
      Values job = found.get(i);
      if (job == null) {
        values.refuseEntry("scrape_configs", i, "empty or null scrape config section");
        continue;
      }
      GlobalDefaults.fillJob(job, config.section("global"));
      String name = job.text("job_name");
      String first =
          firstFoundIn.putIfAbsent(name, GoQuote.quote(file.toAbsolutePath().toString()));
      if (first != null && !name.isEmpty()) {
        job.refuse(
            "job_name",
            "found multiple scrape configs with job name "
                + GoQuote.quote(name)
                + ", first found in "
                + first);
      }
      resolvePaths(job, Folder.of(file));
      jobs.add(job);
    }
  }

  static void resolvePaths(Values job, Folder folder) {
    HttpClientReader.resolvePaths(job, folder);
    DiscoveryReader.resolvePaths(job, folder);
    // The path may come from global, where it has been resolved already, or from the job.
    folder.resolve(job, "scrape_failure_log_file");
  }
}
