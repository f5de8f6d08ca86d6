package io.narthex.config;

import io.narthex.config.yaml.Problems;
import io.narthex.config.yaml.Values;
import io.narthex.config.yaml.YamlBinder;
import io.narthex.http.client.HttpClientConfig;
import java.nio.file.Path;

/** A file with the keys of {@code http_config} and nothing else, as command-line tools take. */
public final class HttpClientFile {
  private HttpClientFile() {}

  /**
   * @throws ConfigException with every problem of the file
   */
  public static HttpClientConfig load(Path file) throws ConfigException {
    Problems problems = new Problems(file.toString());
    String text = ConfigLoader.readText(file, problems);
    problems.throwIfAny();
    Values values = new YamlBinder(problems).bind(text, HttpSections.HTTP);
    problems.throwIfAny();
    HttpClientReader.resolvePaths(values, Folder.of(file));
    return HttpClientReader.read(values);
  }
}
