package io.narthex.tsdb;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.client.MetricRegistry;
import io.narthex.tsdb.block.Block;
import io.narthex.tsdb.block.TestBlocks;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which blocks are dropped because of their age, their size, or their share of the disk. */
final class RetentionTest {
  private static final long HOUR = 3_600_000;

  @TempDir private Path folder;

  private final MetricRegistry registry = new MetricRegistry();
  private final DbMetrics metrics = new DbMetrics(registry);

  private void write(int blocks) {
    for (int i = 0; i < blocks; i++) {
      long mint = i * 2 * HOUR;
      TestBlocks.write(
          folder,
          TestBlocks.generate(new Random(i), 10, mint, mint + 2 * HOUR - 1),
          mint,
          mint + 2 * HOUR,
          i);
    }
  }

  private Blocks.Limits limits(long millis, long bytes, double percentage, long headBytes) {
    return new Blocks.Limits(new RetentionLimits(millis, bytes, percentage), headBytes);
  }

  private double metric(String name) {
    return TestMetrics.value(registry, "prometheus_tsdb_" + name);
  }

  @Test
  void blocksGoWhenTheyEndAWholeRetentionBeforeTheNewest() {
    write(5);
    try (Blocks blocks = new Blocks(folder, metrics)) {
      blocks.reload(limits(4 * HOUR + 1, 0, 0, 0));
      assertThat(blocks.list()).hasSize(3);
      blocks.reload(limits(4 * HOUR, 0, 0, 0));
      assertThat(blocks.list()).hasSize(2);
      assertThat(metric("time_retentions_total")).isEqualTo(2);
      blocks.reload(limits(1, 0, 0, 0));
      assertThat(blocks.list()).hasSize(1);
      assertThat(TestDatabase.blockFolders(folder)).hasSize(1);
    }
  }

  @Test
  void theOldestGoWhereAllAreTooLargeTogetherWithTheHead() {
    write(5);
    try (Blocks blocks = new Blocks(folder, metrics)) {
      blocks.reload(limits(0, 0, 0, 0));
      long all = blocks.sizeBytes();
      blocks.reload(limits(0, all, 0, 0));
      assertThat(blocks.list()).hasSize(5);
      blocks.reload(limits(0, all, 0, 1));
      assertThat(blocks.list()).hasSize(4);
      assertThat(blocks.minTime()).contains(2 * HOUR);
      assertThat(metric("size_retentions_total")).isEqualTo(1);
    }
  }

  @Test
  void aPercentageOfTheFileSystemCountsInsteadOfBytes() {
    write(5);
    try (Blocks all = new Blocks(folder, new DbMetrics(new MetricRegistry()))) {
      all.reload(limits(0, 0, 0, 0));
      long size = all.sizeBytes();
      try (Blocks blocks = new Blocks(folder, metrics, () -> 10 * size)) {
        blocks.reload(limits(0, 1, 10, 0));
        assertThat(blocks.list()).hasSize(5);
        blocks.reload(limits(0, 1, 7.5, 0));
        assertThat(blocks.list()).hasSize(3);
      }
    }
  }

  @Test
  void bytesCountWhereTheFileSystemsSizeIsUnknown() {
    write(3);
    try (Blocks blocks = new Blocks(folder, metrics, () -> 0)) {
      blocks.reload(limits(0, 0, 1, 0));
      assertThat(blocks.list()).hasSize(3);
      blocks.reload(limits(0, 1, 1, 0));
      assertThat(blocks.list()).isEmpty();
    }
  }

  @Test
  void theFileSystemsSizeIsFoundForFoldersThatDoNotExistYet() {
    long size = FileSystemSize.of(folder);
    assertThat(size).isPositive();
    assertThat(FileSystemSize.of(folder.resolve("not/yet"))).isEqualTo(size);
  }

  @Test
  void reloadsChangeWhatIsKeptAndWhatIsShown() throws Exception {
    try (TestDatabase test = TestDatabase.open(TestDatabase.options(folder))) {
      for (int i = 0; i < 60; i++) {
        test.append(TestDatabase.T0 + i * 10_000L, 0, 3, i);
      }
      test.db.compact();
      test.db.retention(new RetentionLimits(90_000, 1 << 30, 12.5));
      assertThat(test.metric("prometheus_tsdb_retention_limit_seconds")).isEqualTo(90);
      assertThat(test.metric("prometheus_tsdb_retention_limit_bytes")).isEqualTo(1 << 30);
      assertThat(test.metric("prometheus_tsdb_retention_limit_percentage")).isEqualTo(12.5);
      int before = test.db.blockMetas().size();
      test.db.compact();
      assertThat(test.db.blockMetas()).hasSizeLessThan(before);
    }
  }

  @Test
  void aBlockThatIsReadWhileItIsDroppedIsReadToTheEnd() {
    write(2);
    try (Blocks blocks = new Blocks(folder, metrics)) {
      blocks.reload(limits(0, 0, 0, 0));
      Block oldest = blocks.list().getFirst();
      try (var content = oldest.open()) {
        blocks.reload(limits(1, 0, 0, 0));
        assertThat(Files.exists(oldest.folder())).isFalse();
        assertThat(content.index().all()).hasSize(10);
      }
    }
  }
}
