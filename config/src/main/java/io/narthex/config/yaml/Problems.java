package io.narthex.config.yaml;

import io.narthex.config.ConfigException;
import io.narthex.config.ConfigException.Problem;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.Node;

/** Collects what is wrong with the files of one configuration. */
public final class Problems {
  private final String file;
  private final List<Problem> found;

  public Problems(String file) {
    this(file, new ArrayList<>());
  }

  private Problems(String file, List<Problem> found) {
    this.file = file;
    this.found = found;
  }

  /** The same collection, for problems of another file. */
  public Problems in(String otherFile) {
    return new Problems(otherFile, found);
  }

  public void add(int line, int column, String path, String message) {
    found.add(new Problem(file, line, column, path, message));
  }

  void add(@Nullable Node node, String path, String message) {
    if (node == null || node.getStartMark() == null) {
      add(0, 0, path, message);
    } else {
      add(node.getStartMark().getLine() + 1, node.getStartMark().getColumn() + 1, path, message);
    }
  }

  public boolean isEmpty() {
    return found.isEmpty();
  }

  /**
   * @throws ConfigException where there are any, by line within each file
   */
  public void throwIfAny() throws ConfigException {
    if (!found.isEmpty()) {
      List<Problem> sorted = new ArrayList<>(found.stream().distinct().toList());
      sorted.sort(
          Comparator.comparing((Problem problem) -> !problem.file().equals(file))
              .thenComparing(Problem::file)
              .thenComparingInt(Problem::line));
      throw new ConfigException(sorted);
    }
  }
}
