package io.narthex.tsdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.narthex.client.MetricRegistry;
import io.narthex.model.labels.Labels;
import io.narthex.model.labels.Matcher;
import io.narthex.storage.Appender;
import io.narthex.storage.Querier;
import io.narthex.storage.SampleBuffer;
import io.narthex.storage.SelectHints;
import io.narthex.storage.SeriesSet;
import io.narthex.storage.StorageException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A forked process may write only small files: its commits fail as on a full disk. It must say so,
 * show nothing of the failed batches, and go on reading; what it acknowledged must be there later.
 */
final class DiskFullTest {
  private static final long T0 = 1_700_000_000_000L;
  private static final int SERIES = 500;

  @TempDir private Path folder;

  /** The process under the limit. */
  static final class Writer {
    private Writer() {}

    public static void main(String[] arguments) throws Exception {
      Db db = open(Path.of(arguments[0]));
      int committed = 0;
      int failed = 0;
      String message = "";
      for (int batch = 0; failed < 20 && batch < 100_000; batch++) {
        try (Appender appender = db.appender()) {
          for (int i = 0; i < SERIES; i++) {
            appender.append(appender.series(labels(i)), T0 + batch * 1000L, Math.random());
          }
          appender.commit();
          committed++;
        } catch (StorageException e) {
          failed++;
          message = e.getMessage();
        }
      }
      System.out.println(committed + " " + samples(db) + " " + message);
      try {
        db.close();
      } catch (StorageException e) {
        System.out.println("close: " + e.getMessage());
      }
    }
  }

  private static Labels labels(int i) {
    return Labels.of("__name__", "full", "i", Integer.toString(i));
  }

  private static Db open(Path folder) throws Exception {
    Db db = Db.open(DbOptions.of(folder).withReload(3_600_000), new MetricRegistry());
    db.ready().get();
    return db;
  }

  /** Samples of each series, which must all have the same number. */
  private static int samples(Db db) {
    try (Querier querier = db.querier(T0, Long.MAX_VALUE)) {
      SeriesSet set =
          querier.select(
              SelectHints.range(T0, Long.MAX_VALUE), List.of(Matcher.equal("__name__", "full")));
      SampleBuffer buffer = new SampleBuffer();
      int samples = -1;
      for (int s = 0; s < set.size(); s++) {
        set.read(s, T0, Long.MAX_VALUE, buffer);
        if (samples != -1 && samples != buffer.size()) {
          throw new IllegalStateException(samples + " and " + buffer.size() + " samples");
        }
        samples = buffer.size();
      }
      return samples;
    }
  }

  @Test
  void saysThatTheDiskIsFullAndKeepsWhatItHas() throws Exception {
    Path shell = Path.of("/bin/bash");
    assumeTrue(Files.isExecutable(shell), "no bash to limit file sizes with: skipped");
    Process process =
        new ProcessBuilder(
                shell.toString(),
                "-c",
                "ulimit -f 600; exec \"$0\" \"$@\"",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx200m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:-UsePerfData",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                Writer.class.getName(),
                folder.toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    String[] fields = output.lines().findFirst().orElseThrow().split(" ", 3);
    int committed = Integer.parseInt(fields[0]);
    assertThat(committed).isPositive();
    assertThat(Integer.parseInt(fields[1])).isEqualTo(committed);
    assertThat(fields[2]).startsWith("cannot write to " + folder.resolve("wal"));
    try (Db db = open(folder)) {
      assertThat(samples(db)).isEqualTo(committed);
      assertThat(db.corruptions()).isZero();
    }
  }
}
