package io.narthex.it.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The server as users get it. Maven lays it out when it packages, not when it tests, so what is
 * there may be older than what was compiled: that is refused, since it would be the wrong one to
 * test.
 */
final class BuiltServer {
  private static final Pattern JAR = Pattern.compile("narthex-([a-z]+)-.*\\.jar");

  /** Copies of files may have lost the fractions of their times. */
  private static final Duration TOLERANCE = Duration.ofSeconds(2);

  private BuiltServer() {}

  /**
   * The folder of its jars.
   *
   * @param root the folder of all modules
   * @throws AssertionError where it is missing, or a module was compiled since
   */
  static Path jars(Path root) {
    Path jars = root.resolve("server/target/narthex/lib");
    if (!Files.isDirectory(jars)) {
      throw new AssertionError("the server is not built: " + jars + " is missing: " + advice());
    }
    for (Path jar : list(jars)) {
      Matcher name = JAR.matcher(jar.getFileName().toString());
      if (name.matches()) {
        compare(jar, root.resolve(name.group(1)).resolve("target/classes"));
      }
    }
    return jars;
  }

  private static void compare(Path jar, Path classes) {
    if (!Files.isDirectory(classes)) {
      return;
    }
    FileTime limit = FileTime.from(time(jar).toInstant().plus(TOLERANCE));
    for (Path file : list(classes)) {
      if (time(file).compareTo(limit) > 0) {
        throw new AssertionError(
            "the built server is old: " + file + " is newer than " + jar + ": " + advice());
      }
    }
  }

  private static String advice() {
    return "run mvn with package instead of test";
  }

  private static List<Path> list(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static FileTime time(Path file) {
    try {
      return Files.getLastModifiedTime(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
