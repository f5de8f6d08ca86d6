package io.narthex.tsdb.head;

import static io.narthex.tsdb.head.HeadProcess.labels;
import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.tsdb.wal.WalSegments;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A damaged out-of-order log loses what is behind the damage in its segment, and nothing else. */
final class OutOfOrderLogRepairTest {
  private static final long T0 = HeadProcess.T0;
  private static final long WINDOW = 10_000_000;

  @TempDir private Path folder;
  private HeadProcesses processes;

  @BeforeEach
  void open() {
    processes = new HeadProcesses(folder, WINDOW);
  }

  @AfterEach
  void close() {
    processes.close();
  }

  private HeadProcess start() {
    return processes.start();
  }

  /** Late samples at 1, 2 and 3 in one segment, and at 4 in the next. */
  private Path twoSegments() {
    HeadProcess first = start();
    first.append(labels(1), T0 + 10, 10);
    for (int t = 1; t <= 3; t++) {
      first.append(labels(1), T0 + t, t);
    }
    int segment = WalSegments.list(folder.resolve("wbl")).getLast();
    HeadProcess second = start();
    second.append(labels(1), T0 + 4, 4);
    return WalSegments.file(folder.resolve("wbl"), segment);
  }

  @Test
  void keepsWhatIsBeforeATornRecordAndInLaterSegments() throws IOException {
    try (RandomAccessFile file = new RandomAccessFile(twoSegments().toFile(), "rw")) {
      // Zeros at the end would be read as if they were there.
      file.setLength(file.length() - 12);
    }
    assertThat(start().read()).isEqualTo(Map.of("1", "1=1.0 2=2.0 4=4.0 10=10.0 "));
    HeadProcess again = start();
    again.append(labels(1), T0 + 3, 3);
    assertThat(again.read()).isEqualTo(Map.of("1", "1=1.0 2=2.0 3=3.0 4=4.0 10=10.0 "));
    assertThat(again.head.metrics.corruptions()).as("repaired once").isZero();
    assertThat(start().read()).isEqualTo(again.read());
  }

  @Test
  void keepsWhatIsBeforeAFlippedBitAndCountsTheDamage() throws IOException {
    try (RandomAccessFile file = new RandomAccessFile(twoSegments().toFile(), "rw")) {
      long middle = file.length() / 2;
      file.seek(middle);
      int before = file.read();
      file.seek(middle);
      file.write(before ^ 4);
    }
    HeadProcess repaired = start();
    assertThat(repaired.read()).isEqualTo(Map.of("1", "1=1.0 4=4.0 10=10.0 "));
    assertThat(repaired.head.metrics.corruptions()).isEqualTo(1);
  }
}
