package io.narthex.tsdb.block;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.narthex.model.labels.Labels;
import io.narthex.model.labels.MatchType;
import io.narthex.model.labels.Matcher;
import io.narthex.model.labels.Utf8Order;
import io.narthex.storage.Querier;
import io.narthex.storage.SampleBuffer;
import io.narthex.storage.SelectHints;
import io.narthex.storage.SeriesSet;
import io.narthex.storage.StorageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class BlockRoundTripTest {
  private static final long HOURS_2 = 7_200_000;

  @TempDir Path folder;

  @Test
  void answersEveryRangeAsTheModelDoes() {
    Random random = new Random(1);
    TestBlocks.Content content = TestBlocks.generate(random, 200, 0, HOURS_2 - 1);
    try (Block block = write(content)) {
      assertThat(TestBlocks.read(block, 0, HOURS_2)).isEqualTo(content);
      for (int i = 0; i < 20; i++) {
        long mint = random.nextLong(HOURS_2);
        long maxt = mint + random.nextLong(HOURS_2 - mint);
        assertThat(TestBlocks.read(block, mint, maxt))
            .isEqualTo(TestBlocks.range(content, mint, maxt));
      }
    }
  }

  @Test
  void selectsAsTryingEverySeriesDoes() {
    Random random = new Random(2);
    TestBlocks.Content content = TestBlocks.generate(random, 300, 0, 60_000);
    String[] names = {"__name__", "instance", "job", "id", "zone", "rack", "absent"};
    String[] values = {
      "",
      "metric_1",
      "metric_2",
      "host7:9100",
      "node",
      "z1",
      "12",
      ".*",
      ".+",
      "metric_[12]",
      "host1.*",
      "z1|z2|",
      "z0|z2",
      "node|größe.*",
      "1.",
      "(z|)",
      "a^"
    };
    try (Block block = write(content);
        Querier querier = block.querier(0, HOURS_2)) {
      for (int round = 0; round < 2000; round++) {
        List<Matcher> matchers = new ArrayList<>();
        for (int i = 1 + random.nextInt(3); i > 0; i--) {
          matchers.add(
              Matcher.of(
                  MatchType.values()[random.nextInt(4)],
                  names[random.nextInt(names.length)],
                  values[random.nextInt(values.length)]));
        }
        List<Labels> expected =
            content.keySet().stream()
                .filter(l -> matchers.stream().allMatch(m -> m.matches(l.get(m.name()))))
                .toList();
        assertThat(labels(querier.select(SelectHints.range(0, HOURS_2), matchers)))
            .as(matchers.toString())
            .isEqualTo(expected);
        TreeSet<String> zones = new TreeSet<>();
        TreeSet<String> labelNames = new TreeSet<>(Utf8Order::compare);
        for (Labels l : expected) {
          l.forEach((name, _) -> labelNames.add(name));
          if (l.has("zone")) {
            zones.add(l.get("zone"));
          }
        }
        assertThat(querier.labelValues("zone", matchers, 0)).containsExactlyElementsOf(zones);
        assertThat(querier.labelNames(matchers, 0)).containsExactlyElementsOf(labelNames);
      }
    }
  }

  @Test
  void listsLabelValuesInOrderWithLimit() {
    TestBlocks.Content content = TestBlocks.generate(new Random(3), 500, 0, 30_000);
    try (Block block = write(content);
        Querier querier = block.querier(0, HOURS_2)) {
      List<String> ids =
          content.keySet().stream().map(l -> l.get("id")).sorted().distinct().toList();
      assertThat(querier.labelValues("id", List.of(), 0)).isEqualTo(ids);
      assertThat(querier.labelValues("id", List.of(), 7)).isEqualTo(ids.subList(0, 7));
      assertThat(querier.labelNames(List.of(), 2)).containsExactly("__name__", "id");
      assertThat(querier.labelValues("nothing", List.of(), 0)).isEmpty();
    }
  }

  @Test
  void stopsAtTheLimitOfTheHints() {
    TestBlocks.Content content = TestBlocks.generate(new Random(4), 50, 0, 30_000);
    try (Block block = write(content);
        Querier querier = block.querier(0, HOURS_2)) {
      SelectHints hints = new SelectHints(0, HOURS_2, 0, "", List.of(), false, 0, 5);
      assertThat(labels(querier.select(hints, List.of())))
          .isEqualTo(content.keySet().stream().limit(5).toList());
    }
  }

  @Test
  void staysReadableUntilTheLastQuerierIsClosed() throws IOException {
    TestBlocks.Content content = TestBlocks.generate(new Random(5), 20, 0, 60_000);
    Block block = write(content);
    Querier querier = block.querier(0, HOURS_2);
    SeriesSet set = querier.select(SelectHints.range(0, HOURS_2), List.of());
    block.close();
    io.narthex.tsdb.encoding.Folders.delete(block.folder());
    SampleBuffer buffer = new SampleBuffer();
    set.read(0, 0, HOURS_2, buffer);
    assertThat(buffer.size()).isEqualTo(content.firstEntry().getValue().size());
    querier.close();
    assertThatThrownBy(() -> block.querier(0, 1))
        .isInstanceOf(StorageException.class)
        .hasMessageContaining("is closed");
  }

  @Test
  void deletedSamplesAreGoneAtOnceAndAfterReopening() {
    TestBlocks.Content content = TestBlocks.generate(new Random(6), 60, 0, HOURS_2 - 1);
    TestBlocks.Content expected = new TestBlocks.Content();
    content.forEach(
        (labels, samples) ->
            samples.forEach(
                (t, v) -> {
                  boolean deleted =
                      labels.get("zone").equals("z1")
                          && (t >= 1_000_000 && t <= 2_000_000 || t >= 6_000_000);
                  if (!deleted) {
                    expected.add(labels, t, v);
                  }
                }));
    Path path;
    try (Block block = write(content)) {
      path = block.folder();
      List<Matcher> zone = List.of(Matcher.equal("zone", "z1"));
      block.delete(1_000_000, 1_500_000, zone);
      block.delete(1_500_001, 2_000_000, zone);
      block.delete(6_000_000, Long.MAX_VALUE, zone);
      block.delete(0, 10, List.of(Matcher.equal("zone", "nowhere")));
      assertThat(TestBlocks.read(block, 0, HOURS_2)).isEqualTo(expected);
    }
    try (Block block = Block.open(path)) {
      assertThat(TestBlocks.read(block, 0, HOURS_2)).isEqualTo(expected);
      long series = content.keySet().stream().filter(l -> l.get("zone").equals("z1")).count();
      assertThat(block.meta().stats().tombstones()).isEqualTo(2 * series);
    }
  }

  @Test
  void noBlockIsLeftWhereNothingWasWritten() throws IOException {
    Ulid ulid = Ulid.generate(1, new Random(1));
    try (BlockWriter writer = BlockWriter.create(folder, ulid)) {
      writer.symbols(List.<String>of().iterator());
      assertThat(writer.finish(0, 1, BlockMeta.Compaction.fromHead(ulid))).isEmpty();
    }
    try (BlockWriter writer = BlockWriter.create(folder, ulid)) {
      writer.symbols(List.of("a", "b").iterator());
      writer.series(Labels.of("a", "b"));
    }
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left).isEmpty();
    }
  }

  @Test
  void damageIsAnErrorThatNamesTheFileAndNeverWrongSamples() throws IOException {
    Random random = new Random(7);
    TestBlocks.Content content = TestBlocks.generate(random, 30, 0, HOURS_2 - 1);
    Path good;
    try (Block block = write(content)) {
      good = block.folder();
    }
    for (String name : new String[] {"index", "chunks/000001"}) {
      byte[] whole = Files.readAllBytes(good.resolve(name));
      for (int round = 0; round < 150; round++) {
        byte[] bytes = whole.clone();
        if (round % 3 == 0) {
          bytes = Arrays.copyOf(bytes, random.nextInt(bytes.length));
        } else {
          bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
        }
        Files.write(good.resolve(name), bytes);
        try (Block block = Block.open(good)) {
          // Padding bytes are not checked.
          assertThat(TestBlocks.read(block, 0, HOURS_2)).isEqualTo(content);
        } catch (StorageException e) {
          assertThat(e).hasMessageContaining(name);
        }
      }
      Files.write(good.resolve(name), whole);
    }
  }

  @Test
  void fileCutWhileMappedIsAnErrorAndNotACrash() throws IOException {
    TestBlocks.Content content = TestBlocks.generate(new Random(8), 2000, 0, HOURS_2 - 1);
    try (Block block = write(content);
        Querier querier = block.querier(0, HOURS_2)) {
      SeriesSet set = querier.select(SelectHints.range(0, HOURS_2), List.of());
      Path chunks = block.folder().resolve("chunks/000001");
      try (var channel =
          java.nio.channels.FileChannel.open(chunks, java.nio.file.StandardOpenOption.WRITE)) {
        channel.truncate(5000);
      }
      SampleBuffer buffer = new SampleBuffer();
      assertThatThrownBy(() -> set.read(1999, 0, HOURS_2, buffer))
          .isInstanceOf(StorageException.class)
          .hasMessageContaining(block.folder().toString())
          .hasMessageContaining("truncated");
    }
  }

  private Block write(TestBlocks.Content content) {
    BlockMeta meta = TestBlocks.write(folder, content, 0, HOURS_2, 1);
    return Block.open(folder.resolve(meta.ulid().toString()));
  }

  private static List<Labels> labels(SeriesSet set) {
    List<Labels> all = new ArrayList<>();
    for (int i = 0; i < set.size(); i++) {
      all.add(set.labels(i));
    }
    return all;
  }
}
