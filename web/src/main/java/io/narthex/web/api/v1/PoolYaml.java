package io.narthex.web.api.v1;

import io.narthex.config.Config;
import java.util.Optional;

/** Cuts the section of one scrape pool out of the printed configuration. */
final class PoolYaml {
  private static final String LIST = "scrape_configs:\n";

  private PoolYaml() {}

  /** The section of a job, as if it stood alone; empty where the job stands in another file. */
  static Optional<String> of(Config config, String pool) {
    int wanted = -1;
    for (int i = 0; i < config.scrapeConfigs().size(); i++) {
      if (config.scrapeConfigs().get(i).jobName().equals(pool)) {
        wanted = i;
      }
    }
    String yaml = config.toYaml();
    int start = yaml.startsWith(LIST) ? 0 : yaml.indexOf("\n" + LIST) + 1;
    if (wanted < 0 || !yaml.startsWith(LIST, start)) {
      return Optional.empty();
    }
    return item(yaml.substring(start + LIST.length()), wanted);
  }

  /** The item of that number of a list at whose start the text is. */
  private static Optional<String> item(String yaml, int wanted) {
    StringBuilder out = new StringBuilder();
    int item = -1;
    for (String line : yaml.split("\n", -1)) {
      boolean first = line.startsWith("- ");
      if (!first && !line.startsWith("  ")) {
        break;
      }
      if (first) {
        item++;
      }
      if (item == wanted) {
        out.append(line, 2, line.length()).append('\n');
      }
    }
    return out.isEmpty() ? Optional.empty() : Optional.of(out.toString());
  }
}
