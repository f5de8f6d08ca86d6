package io.narthex.config;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.List;

/** Files by pattern: {@code *}, {@code ?} and {@code [a-z]} in any part of the path, as in Go. */
public final class Glob {
  private static final String SPECIAL = "*?[\\";

  private Glob() {}

  /**
   * The existing files that match, sorted by name in each folder. A folder that cannot be read
   * counts as empty.
   */
  public static List<Path> files(String pattern) {
    Path path = Path.of(pattern);
    if (!isPattern(pattern)) {
      return Files.exists(path) ? List.of(path) : List.of();
    }
    Path parent = path.getParent();
    List<Path> folders = parent == null ? List.of(Path.of("")) : files(parent.toString());
    PathMatcher matcher =
        FileSystems.getDefault().getPathMatcher("glob:" + escaped(path.getFileName().toString()));
    List<Path> found = new ArrayList<>();
    for (Path folder : folders) {
      found.addAll(matching(folder, matcher));
    }
    return found;
  }

  private static boolean isPattern(String text) {
    return text.chars().anyMatch(c -> SPECIAL.indexOf(c) >= 0);
  }

  /** Braces are plain characters in Go's patterns. */
  private static String escaped(String pattern) {
    return pattern.replace("{", "\\{").replace("}", "\\}");
  }

  private static List<Path> matching(Path folder, PathMatcher matcher) {
    if (!Files.isDirectory(folder.toString().isEmpty() ? Path.of(".") : folder)) {
      return List.of();
    }
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
      List<Path> found = new ArrayList<>();
      for (Path entry : entries) {
        if (matcher.matches(entry.getFileName())) {
          found.add(entry);
        }
      }
      found.sort((a, b) -> a.toString().compareTo(b.toString()));
      return found;
    } catch (IOException | UncheckedIOException e) {
      return List.of();
    }
  }
}
