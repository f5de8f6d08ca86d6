package io.narthex.config;

import java.util.List;

/**
 * A configuration cannot be used. The message has one line for each problem, {@code
 * file:line:column: path: what is wrong}.
 */
public final class ConfigException extends Exception {
  private static final long serialVersionUID = 1;

  private final transient List<Problem> problems;

  /**
   * One thing wrong.
   *
   * @param file the file's name as it was given, empty for text that came from elsewhere
   * @param line from 1, 0 where the problem is not at a line
   * @param column from 1
   * @param path the key path in the file, as {@code scrape_configs[0].scheme}, may be empty
   */
  public record Problem(String file, int line, int column, String path, String message) {
    @Override
    public String toString() {
      StringBuilder out = new StringBuilder();
      if (!file.isEmpty()) {
        out.append(file).append(':');
      }
      if (line > 0) {
        out.append(line).append(':').append(column).append(':');
      }
      if (!out.isEmpty()) {
        out.append(' ');
      }
      if (!path.isEmpty()) {
        out.append(path).append(": ");
      }
      return out.append(message).toString();
    }
  }

  public ConfigException(List<Problem> problems) {
    super(String.join("\n", problems.stream().map(Problem::toString).toList()));
    this.problems = List.copyOf(problems);
  }

  public List<Problem> problems() {
    return problems;
  }
}
