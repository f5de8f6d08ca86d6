package io.narthex.server.queries;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ActiveQueryFileTest {
  private static final Clock CLOCK =
      Clock.fixed(Instant.ofEpochSecond(1_700_000_000), ZoneOffset.UTC);

  @TempDir private Path folder;

  private ActiveQueryFile open(int slots) {
    return new ActiveQueryFile(folder, slots, CLOCK);
  }

  private String content() throws IOException {
    return Files.readString(folder.resolve(ActiveQueryFile.NAME)).replace("\0", "");
  }

  @Test
  void hasOneByteAndThousandPerSlot() throws IOException {
    try (ActiveQueryFile file = open(20)) {
      file.begin("up");
      byte[] bytes = Files.readAllBytes(folder.resolve("queries.active"));
      assertThat(bytes).hasSize(20_001);
      assertThat(bytes[0]).isEqualTo((byte) '[');
      assertThat(new String(bytes, 1, 43, StandardCharsets.UTF_8))
          .isEqualTo("{\"query\":\"up\",\"timestamp_sec\":1700000000}\0\0");
      assertThat(bytes[1000]).isEqualTo((byte) ',');
    }
  }

  @Test
  void hasWhatRunsAndNothingElse() throws IOException {
    try (ActiveQueryFile file = open(2)) {
      int first = file.begin("a");
      int second = file.begin("b");
      file.end(first);
      assertThat(content()).isEqualTo("[{\"query\":\"b\",\"timestamp_sec\":1700000000},");
      file.end(second);
      assertThat(content()).isEqualTo("[");
      int third = file.begin("c");
      int fourth = file.begin("d");
      assertThat(third).isNotEqualTo(fourth);
    }
  }

  @Test
  void keepsWhatStillRunsWhenClosed() throws IOException {
    ActiveQueryFile file = open(1);
    int slot = file.begin("slow");
    file.close();
    file.end(slot);
    file.begin("late");
    assertThat(content()).isEqualTo("[{\"query\":\"slow\",\"timestamp_sec\":1700000000},");
  }

  @Test
  void longQueriesAreCutToTheirSlot() throws IOException {
    try (ActiveQueryFile file = open(3)) {
      file.begin("x".repeat(5000));
      file.begin("<".repeat(5000));
      file.begin("😀".repeat(5000));
      byte[] bytes = Files.readAllBytes(folder.resolve("queries.active"));
      for (int slot = 0; slot < 3; slot++) {
        String entry =
            new String(bytes, 1 + 1000 * slot, 1000, StandardCharsets.UTF_8).replace("\0", "");
        assertThat(entry).endsWith("\",\"timestamp_sec\":1700000000},").doesNotContain("?");
        assertThat(entry.getBytes(StandardCharsets.UTF_8).length).isBetween(990, 1000);
      }
    }
  }

  @Test
  void namesTheFileThatCannotBeMade() {
    Path missing = folder.resolve("missing");
    assertThatThrownBy(() -> new ActiveQueryFile(missing, 1, CLOCK).close())
        .isInstanceOf(QueryFileException.class)
        .hasMessage(
            "create mmap-ed active query log: open "
                + missing.resolve("queries.active")
                + ": no such file or directory");
  }
}
