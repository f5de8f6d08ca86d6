package io.narthex.tool.script;

import io.narthex.tool.ToolException;
import io.narthex.tsdb.encoding.FileErrors;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;

/**
 * Finds scripts: a file is itself, a directory all {@code *.test} files in it at any depth, and
 * what is neither but has {@code *}, <code>?</code>, <code>[</code> or <code>{</code> in it all
 * files of that pattern, where {@code **} crosses directories.
 */
public final class ScriptFiles {
  private static final String EXTENSION = ".test";

  private ScriptFiles() {}

  /**
   * The scripts in the order of the words, those of one word by name, each once.
   *
   * @throws ToolException where a word names nothing
   */
  public static List<Path> find(List<String> words) {
    Set<Path> found = new LinkedHashSet<>();
    for (String word : words) {
      Path path = Path.of(word);
      if (Files.isDirectory(path)) {
        found.addAll(inDirectory(path));
      } else if (!Files.exists(path) && isPattern(word)) {
        found.addAll(ofPattern(word));
      } else {
        // One that is not there is told when it is read.
        found.add(path);
      }
    }
    return new ArrayList<>(found);
  }

  private static List<Path> inDirectory(Path directory) {
    List<Path> found = under(directory, path -> path.toString().endsWith(EXTENSION));
    if (found.isEmpty()) {
      throw new ToolException(directory + ": no *" + EXTENSION + " files in this directory");
    }
    return found;
  }

  private static boolean isPattern(String text) {
    return text.chars().anyMatch(c -> "*?[{".indexOf(c) >= 0);
  }

  private static List<Path> ofPattern(String pattern) {
    PathMatcher matcher;
    try {
      matcher = FileSystems.getDefault().getPathMatcher("glob:" + pattern);
    } catch (PatternSyntaxException e) {
      throw new ToolException(pattern + ": no pattern of file names: " + e.getDescription(), e);
    }
    int plain = 0;
    for (int i = 0; i < pattern.length() && "*?[{".indexOf(pattern.charAt(i)) < 0; i++) {
      plain = pattern.charAt(i) == '/' ? i + 1 : plain;
    }
    List<Path> found = under(Path.of(pattern.substring(0, plain)), matcher);
    if (found.isEmpty()) {
      throw new ToolException(pattern + ": no file matches this pattern");
    }
    return found;
  }

  private static List<Path> under(Path directory, PathMatcher wanted) {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try (Stream<Path> all = Files.walk(directory, FileVisitOption.FOLLOW_LINKS)) {
      return all.filter(path -> wanted.matches(path) && Files.isRegularFile(path))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new ToolException(directory + ": cannot be read: " + FileErrors.reason(e), e);
    } catch (UncheckedIOException e) {
      throw new ToolException(
          directory + ": cannot be read: " + FileErrors.reason(e.getCause()), e);
    }
  }
}
