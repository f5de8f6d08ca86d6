package io.narthex.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.narthex.config.ConfigException;
import io.narthex.config.ConfigLoader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The shared target group files: valid ones are accepted, those with null entries refused. */
final class FileConformance {
  private FileConformance() {}

  static void check() throws IOException {
    String fromEnvironment = System.getenv("NARTHEX_CONFORMANCE");
    Path root =
        fromEnvironment != null
            ? Path.of(fromEnvironment)
            : Path.of(System.getProperty("narthex.root", "."), "..", "shared", "conformance");
    Path folder = root.resolve("discovery/file");
    assumeTrue(Files.isDirectory(folder), "no conformance data at " + folder);
    int checked = 0;
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        String name = file.getFileName().toString();
        if (name.startsWith("valid")) {
          assertThat(groups(file)).as(name).isNotNull();
          checked++;
        } else if (name.startsWith("invalid_nil")) {
          assertThatThrownBy(() -> groups(file))
              .as(name)
              .isInstanceOf(ConfigException.class)
              .hasMessageContaining("nil target group item found");
          checked++;
        }
      }
    }
    assertThat(checked).isPositive();
  }

  private static List<?> groups(Path file) {
    try {
      return ConfigLoader.parseTargetGroups(Files.readString(file), file.toString());
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    } catch (ConfigException e) {
      throw sneaky(e);
    }
  }

  @SuppressWarnings("unchecked")
  private static <E extends Throwable> RuntimeException sneaky(Throwable e) throws E {
    throw (E) e;
  }
}
