package io.narthex.tsdb.compact;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.tsdb.block.BlockMeta;
import io.narthex.tsdb.block.Ulid;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class CompactionPlanTest {
  private final CompactionPlan plan =
      new CompactionPlan(List.of(20L, 60L, 180L, 540L, 1620L), true, _ -> false);

  static Stream<Arguments> plans() {
    return Stream.of(
        Arguments.of("nothing", "", ""),
        Arguments.of("one block", "0-20", ""),
        Arguments.of("the newest is left alone", "0-20 20-40 40-60", ""),
        Arguments.of("a full range", "0-20 20-40 40-60 60-80", "0-20 20-40 40-60"),
        Arguments.of("a past range with a gap", "0-20 40-60 60-80", "0-20 40-60"),
        Arguments.of("a range that may still fill", "60-80 80-100 100-120", ""),
        Arguments.of(
            "larger ranges when smaller are done",
            "0-60 60-120 120-180 180-200",
            "0-60 60-120 120-180"),
        Arguments.of(
            "smaller ranges first",
            "0-60 60-120 120-140 140-160 160-180 180-200",
            "120-140 140-160 160-180"),
        Arguments.of(
            "a gap larger than the range", "0-20 20-40 540-560 560-580 1080-1100", "0-20 20-40"),
        Arguments.of("overlap goes first", "0-20 19-40 40-60", "0-20 19-40"),
        Arguments.of("a chain of overlaps", "0-20 10-40 30-60 60-80 70-90", "0-20 10-40 30-60"),
        Arguments.of("one within another", "0-60 10-20 60-80", "0-60 10-20"),
        Arguments.of(
            "negative times align downwards",
            "-60--40 -40--20 -20-0 0-20",
            "-60--40 -40--20 -20-0"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("plans")
  void choosesBlocks(String name, String given, String expected) {
    assertThat(plan.next(metas(given))).as(name).isEqualTo(metas(expected));
  }

  @Test
  void skipsRangesWithAFailedBlock() {
    List<BlockMeta> blocks = metas("0-20 20-40 40-60 60-80");
    blocks.set(1, with(blocks.get(1), 0, 0, true, List.of()));
    assertThat(plan.next(blocks)).isEmpty();
  }

  @Test
  void rewritesLargeBlocksWithManyDeletions() {
    List<BlockMeta> blocks = metas("0-540 540-560");
    blocks.set(0, with(blocks.get(0), 10, 100, false, List.of()));
    assertThat(plan.next(blocks)).containsExactly(blocks.get(0));
    blocks.set(0, with(blocks.get(0), 5, 100, false, List.of()));
    assertThat(plan.next(blocks)).isEmpty();
  }

  @Test
  void rewritesSmallBlocksOnlyWhereAllIsDeleted() {
    List<BlockMeta> blocks = metas("0-20 20-40");
    blocks.set(0, with(blocks.get(0), 9, 10, false, List.of()));
    assertThat(plan.next(blocks)).isEmpty();
    blocks.set(0, with(blocks.get(0), 10, 10, false, List.of()));
    assertThat(plan.next(blocks)).containsExactly(blocks.get(0));
  }

  @Test
  void neverMixesPartialViewsWithOthers() {
    List<BlockMeta> blocks = metas("0-20 5-20 20-40 25-40");
    blocks.set(1, with(blocks.get(1), 0, 0, false, List.of("from-stale-series")));
    blocks.set(3, with(blocks.get(3), 0, 0, false, List.of("from-stale-series")));
    assertThat(plan.next(blocks)).isEmpty();
    List<BlockMeta> stale = metas("0-20 5-20");
    stale.replaceAll(block -> with(block, 0, 0, false, List.of("from-stale-series")));
    stale.addAll(metas("0-20"));
    assertThat(plan.next(stale)).isEqualTo(stale.subList(0, 2));
  }

  @Test
  void rangesGrowByThreeUpToTheLargest() {
    assertThat(LeveledCompactor.ranges(7_200_000, 280_800_000))
        .containsExactly(7_200_000L, 21_600_000L, 64_800_000L, 194_400_000L);
    assertThat(LeveledCompactor.ranges(7_200_000, 7_200_000)).containsExactly(7_200_000L);
  }

  private static List<BlockMeta> metas(String text) {
    List<BlockMeta> metas = new ArrayList<>();
    for (String range : text.isEmpty() ? new String[0] : text.split(" ")) {
      int dash = range.indexOf('-', 1);
      long mint = Long.parseLong(range.substring(0, dash));
      long maxt = Long.parseLong(range.substring(dash + 1));
      metas.add(
          new BlockMeta(
              new Ulid(mint, maxt),
              mint,
              maxt,
              BlockMeta.Stats.EMPTY,
              BlockMeta.Compaction.fromHead(new Ulid(mint, maxt)),
              1));
    }
    return metas;
  }

  private static BlockMeta with(
      BlockMeta meta, long tombstones, long series, boolean failed, List<String> hints) {
    return new BlockMeta(
        meta.ulid(),
        meta.minTime(),
        meta.maxTime(),
        new BlockMeta.Stats(0, 0, 0, series, 0, tombstones),
        new BlockMeta.Compaction(1, List.of(meta.ulid()), false, List.of(), failed, hints),
        1);
  }
}
