package io.narthex.tsdb.head;

import static io.narthex.tsdb.head.HeadProcess.labels;
import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.model.labels.Matcher;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Samples that were deleted, and others that came to the deleted times later. */
final class LateAfterDeletionTest {
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

  private static void delete(HeadProcess process, long from, long to) {
    process.head.delete(T0 + from, T0 + to, List.of(Matcher.equal("i", "1")));
  }

  /** As when block after block is cut while samples out of order cannot go to theirs. */
  private static void checkpoint(HeadProcess process, long mint) {
    for (int i = 0; i < 5; i++) {
      process.append(labels(2), mint + i, i);
      process.head.truncateLog(mint);
    }
  }

  @Test
  void areKeptOrDeletedAsBeforeTheLogWasTruncated() {
    HeadProcess first = start();
    first.append(labels(1), T0 + 100, 100);
    for (int t = 20; t <= 80; t += 10) {
      first.append(labels(1), T0 + t, t);
    }
    delete(first, 10, 40);
    delete(first, 60, 100);
    first.append(labels(1), T0 + 30, 31);
    first.append(labels(1), T0 + 70, 71);
    String late = "30=31.0 50=50.0 70=71.0 ";
    assertThat(first.read()).isEqualTo(Map.of("1", late));
    checkpoint(first, T0 + 90);
    HeadProcess second = start();
    assertThat(second.read()).containsEntry("1", late);
    checkpoint(second, T0 + 1000);
    HeadProcess third = start();
    assertThat(third.read()).containsEntry("1", late);
  }

  @Test
  void showTheSampleThatCameAfterwardsAlsoWhereBothAreInChunks() {
    HeadProcess first = start();
    first.append(labels(1), T0 + 1000, 0);
    // More than stay in memory.
    for (int t = 0; t < 100; t++) {
      first.append(labels(1), T0 + t, t);
    }
    delete(first, 5, 6);
    first.append(labels(1), T0 + 5, 500);
    assertThat(first.read().get("1")).contains(" 4=4.0 5=500.0 7=7.0 ");
    for (int t = 100; t < 200; t++) {
      first.append(labels(1), T0 + t, t);
    }
    assertThat(first.read().get("1")).contains(" 4=4.0 5=500.0 7=7.0 ");
    HeadProcess second = start();
    assertThat(second.read().get("1")).contains(" 4=4.0 5=500.0 7=7.0 ");
    delete(second, 5, 5);
    assertThat(second.read().get("1")).contains(" 4=4.0 7=7.0 ");
    second.append(labels(1), T0 + 5, 501);
    assertThat(second.read().get("1")).contains(" 4=4.0 5=501.0 7=7.0 ");
    HeadProcess third = start();
    assertThat(third.read().get("1")).contains(" 4=4.0 5=501.0 7=7.0 ");
  }

  @Test
  void staysDeletedWhereNoBlockButAFileOfHeadChunksHasIt() throws Exception {
    long hour = 3_600_000;
    HeadProcess first = start();
    first.append(labels(1), T0, 1);
    // Ends the chunk, whose file is still being written at the truncation and therefore stays.
    first.append(labels(1), T0 + 4 * hour, 2);
    delete(first, 0, 0);
    assertThat(first.read()).containsEntry("1", 4 * hour + "=2.0 ");
    assertThat(first.head.truncate(T0 + 3 * hour, 10_000)).isTrue();
    checkpoint(first, T0 + 3 * hour);
    first.close();
    HeadProcess second = start();
    assertThat(second.read()).containsEntry("1", 4 * hour + "=2.0 ");
  }

  /** As Prometheus logs it where it is asked to delete what was before a series. */
  @Test
  void rangeThatEndsBeforeItStartsDeletesNothingAndHidesNoOther() {
    HeadTombstones tombstones = new HeadTombstones();
    tombstones.add(1, 100, 400);
    tombstones.add(1, 100, 50);
    tombstones.add(1, 300, 450);
    assertThat(tombstones.inOrder(1).bounds()).containsExactly(100, 450);
    assertThat(tombstones.late(1).deleted().bounds()).containsExactly(100, 450);
  }
}
