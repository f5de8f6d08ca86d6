package io.narthex.tsdb;

import static io.narthex.tsdb.TestDatabase.BLOCK;
import static io.narthex.tsdb.TestDatabase.T0;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.narthex.model.labels.MatchType;
import io.narthex.model.labels.Matcher;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CleanTombstonesTest {
  private static final List<Matcher> ALL = List.of(Matcher.of(MatchType.REGEX, "__name__", ".+"));

  @TempDir private Path folder;
  @TempDir private Path scratch;

  private List<Path> blocks() {
    return TestDatabase.blockFolders(folder);
  }

  /** The log still has the samples, and only the newest block says that it has nothing new. */
  @Test
  void leavesABlockOfNothingWhereTheNewestLosesAllSoThatTheyDoNotComeBack() throws Exception {
    String left;
    try (TestDatabase test = TestDatabase.open(TestDatabase.options(folder))) {
      for (int i = 0; i < 10; i++) {
        test.append(T0 + i * BLOCK / 4, 0, 3, i);
      }
      test.db.compact();
      assertThat(blocks()).hasSize(1);
      test.db.delete(T0, T0 + BLOCK - 1, ALL);
      left = test.read();
      assertThat(left).contains("=4.0").doesNotContain("=3.0");
      test.db.cleanTombstones();
      assertThat(test.read()).isEqualTo(left);
      assertThat(test.db.blockMetas().getFirst()).contains("\"stats\": {}");
    }
    assertThat(blocks()).hasSize(1);
    try (TestDatabase test = TestDatabase.open(TestDatabase.options(folder))) {
      assertThat(test.read()).isEqualTo(left);
    }
    assumeTrue(RealPrometheus.program("prometheus").isPresent(), "prometheus is not installed");
    try (RealPrometheus peer =
        RealPrometheus.start(
            RealPrometheus.program("prometheus").orElseThrow(), folder, scratch, "")) {
      assertThat(peer.query("count_over_time(up{i=\"1\"}[1h])", T0 + 3 * BLOCK)).contains("\"6\"");
    }
  }

  @Test
  void leavesNothingOfAnOlderBlockThatLosesAll() throws Exception {
    try (TestDatabase test = TestDatabase.open(TestDatabase.options(folder))) {
      for (int i = 0; i < 14; i++) {
        test.append(T0 + i * BLOCK / 4, 0, 3, i);
      }
      test.db.compact();
      assertThat(blocks()).hasSize(2);
      test.db.delete(T0, T0 + BLOCK - 1, ALL);
      String left = test.read();
      test.db.cleanTombstones();
      assertThat(blocks()).hasSize(1);
      assertThat(test.read()).isEqualTo(left);
    }
  }
}
