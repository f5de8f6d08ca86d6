package io.narthex.tsdb.damage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.narthex.tsdb.encoding.Folders;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Files of every kind that the process may not read. Root may read everything, so the trials run in
 * a process that has not all of root's rights.
 */
final class UnreadableFilesTest {
  private static final int NO_EFFECT = 97;

  @TempDir private Path folder;

  /** The process: {@code FOLDER}. */
  static final class Trials {
    private Trials() {}

    public static void main(String[] arguments) throws Exception {
      Path root = Path.of(arguments[0]);
      Path probe = Files.writeString(root.resolve("probe"), "");
      Damage.unreadable().action().on(probe);
      if (Files.isReadable(probe)) {
        System.exit(NO_EFFECT);
      }
      Original original = new Original(3, root);
      for (Kind kind : Kind.values()) {
        List<Path> files = original.files().stream().filter(f -> Kind.of(f) == kind).toList();
        Path data = root.resolve("trial-" + kind);
        new Trial(original, files.get(files.size() / 2), Damage.unreadable(), data).run(false);
        Folders.delete(data);
        System.out.println("tried " + kind);
      }
    }
  }

  @Test
  @Timeout(300)
  void areNamedAndAllElseIsServed() throws Exception {
    List<String> command = new ArrayList<>();
    if (System.getProperty("user.name").equals("root")) {
      command.addAll(
          List.of("setpriv", "--bounding-set=-dac_override,-dac_read_search", "--inh-caps=-all"));
    }
    command.addAll(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx400m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            Trials.class.getName(),
            folder.toString()));
    Process process;
    try {
      process = new ProcessBuilder(command).redirectErrorStream(true).start();
    } catch (IOException e) {
      assumeTrue(false, "no setpriv to give up rights with: skipped");
      return;
    }
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    int code = process.waitFor();
    assumeTrue(
        code != NO_EFFECT && !output.startsWith("setpriv:"),
        "files cannot be made unreadable here: skipped");
    assertThat(code).as(output).isZero();
    assertThat(output.lines().filter(line -> line.startsWith("tried ")))
        .hasSameSizeAs(Kind.values());
  }
}
