package io.narthex.tool;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands on databases with damage: what can be read is printed, what cannot is told. */
final class DamageTest {
  private static final int BLOCKS = 3;

  @TempDir private Path folder;
  private String data = "";

  @BeforeEach
  void makeBlocks() throws IOException {
    StringBuilder text = new StringBuilder();
    for (int hour = 0; hour < 2 * BLOCKS; hour++) {
      text.append("m ").append(hour).append(' ').append(1_700_006_400L + hour * 3_600L);
      text.append('\n');
    }
    Path input = Files.writeString(folder.resolve("in.txt"), text.append("# EOF\n"));
    data = folder.resolve("data").toString();
    Tool made = Tool.run("tsdb", "create-blocks-from", "openmetrics", input.toString(), data);
    assertThat(made.code()).as(made.err()).isZero();
  }

  private List<Path> blocks() throws IOException {
    try (var all = Files.list(Path.of(data))) {
      return all.sorted().toList();
    }
  }

  private static void damage(Path block, String file) throws IOException {
    Files.write(block.resolve(file), new byte[10]);
  }

  @Test
  void aDamagedBlockIsSetAsideAndTheExitCodeTells() throws IOException {
    Path block = blocks().get(1);
    damage(block, "index");
    String warning = "warning: block " + block.getFileName() + " cannot be read and is left out: ";

    Tool list = Tool.run("tsdb", "list", data);
    assertThat(list.out()).hasLineCount(BLOCKS).doesNotContain(block.getFileName().toString());
    assertThat(list.err()).hasLineCount(1).startsWith(warning).contains(block + "/index");
    assertThat(list.code()).isEqualTo(1);

    Tool dump = Tool.run("tsdb", "dump", data);
    assertThat(dump.out()).hasLineCount(2 * (BLOCKS - 1));
    assertThat(dump.err()).hasLineCount(1).startsWith(warning);
    assertThat(dump.code()).isEqualTo(1);

    Tool metrics = Tool.run("tsdb", "dump-openmetrics", data);
    assertThat(metrics.out()).endsWith("# EOF\n").hasLineCount(2 * (BLOCKS - 1) + 1);
    assertThat(metrics.code()).isEqualTo(1);

    assertThat(Tool.run("tsdb", "analyze", data).code()).isZero();
    Tool named = Tool.run("tsdb", "analyze", data, block.getFileName().toString());
    assertThat(named.code()).isEqualTo(1);
    assertThat(named.err()).hasLineCount(1).contains(block + "/index");
  }

  @Test
  void analysesTheBlockBeforeADamagedOne() throws IOException {
    Path last = blocks().getLast();
    damage(last, "index");
    Tool run = Tool.run("tsdb", "analyze", data);
    assertThat(run.out()).startsWith("Block ID: " + blocks().get(BLOCKS - 2).getFileName());
    assertThat(run.err())
        .hasLineCount(1)
        .startsWith(
            "warning: block " + last.getFileName() + " cannot be read, taking the one before: ");
    assertThat(run.code()).isEqualTo(1);
  }

  @Test
  void aFolderWithoutMetaJsonIsPassedOverAsPromtoolDoes() throws IOException {
    Files.delete(blocks().getFirst().resolve("meta.json"));
    Tool list = Tool.run("tsdb", "list", data);
    assertThat(list.out()).hasLineCount(BLOCKS);
    assertThat(list.err()).hasLineCount(1).contains("meta.json: no such file or directory");
    assertThat(list.code()).isZero();
  }

  @Test
  void aDamagedChunkTakesNothingElseWithIt() throws IOException {
    Path chunks = blocks().getFirst().resolve("chunks/000001");
    byte[] bytes = Files.readAllBytes(chunks);
    bytes[bytes.length - 1] ^= 1;
    Files.write(chunks, bytes);
    Tool dump = Tool.run("tsdb", "dump", data);
    assertThat(dump.out()).hasLineCount(2 * (BLOCKS - 1));
    assertThat(dump.err()).hasLineCount(1).contains(chunks + ": corrupted at byte ");
    assertThat(dump.code()).isEqualTo(1);
  }
}
