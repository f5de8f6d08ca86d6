package io.narthex.it.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BuiltServerTest {
  private static final Instant BUILT = Instant.parse("2030-01-01T00:00:00Z");

  @TempDir private Path root;

  @Test
  void isTakenWhenItIsNotOlderThanItsClasses() throws IOException {
    Path jar = write("server/target/narthex/lib/narthex-tsdb-1.jar", BUILT);
    write("server/target/narthex/lib/other-1.jar", BUILT.minusSeconds(100));
    write("tsdb/target/classes/io/Db.class", BUILT.minusSeconds(1));
    assertThat(BuiltServer.jars(root)).isEqualTo(jar.getParent());
  }

  @Test
  void isRefusedWhenAModuleWasCompiledSince() throws IOException {
    write("server/target/narthex/lib/narthex-tsdb-1.jar", BUILT);
    Path newer = write("tsdb/target/classes/io/Db.class", BUILT.plusSeconds(60));
    assertThatThrownBy(() -> BuiltServer.jars(root))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining(newer + " is newer than");
  }

  @Test
  void isRefusedWhenItIsMissing() {
    assertThatThrownBy(() -> BuiltServer.jars(root))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("is missing");
  }

  private Path write(String name, Instant time) throws IOException {
    Path file = root.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, "x");
    Files.setLastModifiedTime(file, FileTime.from(time));
    return file;
  }
}
