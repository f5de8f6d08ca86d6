package io.narthex.tool;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The tool and Debian's promtool over the same directory. */
final class PromtoolPeerTest {
  @TempDir private Path folder;

  @Test
  void listsAndDumpsTheSameOfBlocksThatWeMade() throws Exception {
    Promtool promtool = Promtool.onThePath();
    StringBuilder text = new StringBuilder();
    for (int series = 0; series < 20; series++) {
      for (int i = 0; i < 500; i++) {
        text.append("m{n=\"").append(series).append("\"} ").append(i * 1e5 / 7 + series);
        text.append(' ').append(1_700_000_000L + i * 30L).append(".25\n");
      }
    }
    Path input = Files.writeString(folder.resolve("in.txt"), text.append("# EOF\n"));
    String data = folder.resolve("data").toString();
    Tool made = Tool.run("tsdb", "create-blocks-from", "openmetrics", input.toString(), data);
    assertThat(made.err()).isEmpty();
    assertThat(made.code()).isZero();
    // It insists on a log beside the blocks.
    Files.createDirectory(Path.of(data, "wal"));
    assertThat(Tool.run("tsdb", "list", data).out()).isEqualTo(promtool.run("tsdb", "list", data));
    assertThat(Tool.run("tsdb", "list", "-r", data).out())
        .isEqualTo(promtool.run("tsdb", "list", "-r", data));
    assertThat(Tool.run("tsdb", "dump", data).out())
        .hasLineCount(10_000)
        .isEqualTo(promtool.run("tsdb", "dump", data));
  }

  @Test
  void saysInOneLineWhatIsWrongAndLeavesNoBlock() throws Exception {
    Path input = Files.writeString(folder.resolve("in.txt"), "a 1 5\nb{ 1 5\n# EOF\n");
    Path data = folder.resolve("data");
    Tool failed =
        Tool.run("tsdb", "create-blocks-from", "openmetrics", input.toString(), data.toString());
    assertThat(failed.code()).isEqualTo(1);
    assertThat(failed.err()).hasLineCount(1).contains("in.txt, line 2");
    assertThat(data).isEmptyDirectory();
    assertThat(Tool.run("tsdb", "list", folder.resolve("none").toString()))
        .isEqualTo(
            new Tool(
                1,
                "",
                "opening the db dir: stat "
                    + folder.resolve("none")
                    + ": no such file or directory\n"));
    assertThat(Tool.run("tsdb", "nope").err())
        .isEqualTo("narthex: error: expected command but got \"nope\", try --help\n");
  }
}
