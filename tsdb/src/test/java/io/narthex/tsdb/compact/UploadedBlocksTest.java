package io.narthex.tsdb.compact;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.tsdb.block.BlockMeta;
import io.narthex.tsdb.block.Ulid;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class UploadedBlocksTest {
  @TempDir private Path folder;

  private static BlockMeta block(int number, int level) {
    Ulid ulid = new Ulid(number, number);
    return new BlockMeta(
        ulid,
        number * 20L,
        number * 20L + 20,
        BlockMeta.Stats.EMPTY,
        new BlockMeta.Compaction(level, List.of(ulid), false, List.of(), false, List.of()),
        1);
  }

  private UploadedBlocks file(String text) throws IOException {
    return new UploadedBlocks(Files.writeString(folder.resolve("uploads.json"), text));
  }

  @Test
  void blocksOfLevelOneWaitUntilTheyAreListed() throws IOException {
    UploadedBlocks uploaded =
        file(
            "{\"version\": 1, \"uploaded\": [\"" + block(1, 1).ulid() + "\"], \"other\": [\"x\"]}");
    assertThat(uploaded.test(block(1, 1))).isFalse();
    assertThat(uploaded.test(block(2, 1))).isTrue();
    assertThat(uploaded.test(block(2, 2))).isFalse();
  }

  @Test
  void nothingWaitsWhileTheFileCannotBeRead() throws IOException {
    assertThat(new UploadedBlocks(folder.resolve("absent")).test(block(1, 1))).isFalse();
    assertThat(file("{\"uploaded\": [").test(block(1, 1))).isFalse();
    assertThat(file("[]").test(block(1, 1))).isFalse();
  }

  @Test
  void everythingWaitsWhereTheListIsEmpty() throws IOException {
    assertThat(file("{\"uploaded\": []}").test(block(1, 1))).isTrue();
    assertThat(file("{}").test(block(1, 1))).isTrue();
  }

  @Test
  void blocksBehindOneThatWaitsAreNotMergedEither() throws IOException {
    List<BlockMeta> blocks = new ArrayList<>();
    StringBuilder listed = new StringBuilder();
    for (int i = 0; i < 10; i++) {
      blocks.add(block(i, 1));
      listed.append(i == 4 ? "" : (i == 0 ? "" : ",") + '"' + block(i, 1).ulid() + '"');
    }
    CompactionPlan plan =
        new CompactionPlan(List.of(20L, 60L), true, file("{\"uploaded\": [" + listed + "]}"));
    assertThat(plan.next(blocks)).isEqualTo(blocks.subList(0, 3));
    assertThat(plan.next(blocks.subList(3, 10))).isEmpty();
  }

  @Test
  void overlapsStayWhereTheyAreNotToBeMerged() {
    List<BlockMeta> blocks = List.of(block(0, 1), block(0, 2), block(1, 1));
    assertThat(new CompactionPlan(List.of(20L), true, _ -> false).next(blocks)).hasSize(2);
    assertThat(new CompactionPlan(List.of(20L), false, _ -> false).next(blocks)).isEmpty();
  }
}
