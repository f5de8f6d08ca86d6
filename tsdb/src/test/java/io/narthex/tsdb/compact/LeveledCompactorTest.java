package io.narthex.tsdb.compact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.narthex.client.MetricRegistry;
import io.narthex.model.histogram.CounterResetHint;
import io.narthex.model.histogram.Histogram;
import io.narthex.model.labels.Labels;
import io.narthex.model.labels.Matcher;
import io.narthex.storage.SampleBuffer;
import io.narthex.storage.SelectHints;
import io.narthex.storage.StorageException;
import io.narthex.tsdb.block.Block;
import io.narthex.tsdb.block.BlockMeta;
import io.narthex.tsdb.block.BlockWriter;
import io.narthex.tsdb.block.TestBlocks;
import io.narthex.tsdb.block.Ulid;
import io.narthex.tsdb.chunk.ChunkEncoding;
import io.narthex.tsdb.chunk.HistogramEncoder;
import io.narthex.tsdb.chunk.HistogramFit;
import io.narthex.tsdb.chunk.TestHistograms;
import io.narthex.tsdb.encoding.ByteWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.LongPredicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LeveledCompactorTest {
  private static final long HOURS_2 = 7_200_000;

  @TempDir Path folder;

  private final List<Block> open = new ArrayList<>();

  @AfterEach
  void closeBlocks() {
    open.forEach(Block::close);
  }

  @Test
  void mergesNeighboursByCopyingTheirChunks() {
    Random random = new Random(1);
    TestBlocks.Content all = new TestBlocks.Content();
    List<Block> parents = new ArrayList<>();
    long chunks = 0;
    for (int i = 0; i < 3; i++) {
      long mint = i * HOURS_2;
      TestBlocks.Content part = TestBlocks.generate(random, 60, mint, mint + HOURS_2 - 1);
      part.forEach((labels, samples) -> samples.forEach((t, v) -> all.add(labels, t, v)));
      parents.add(write(part, mint, mint + HOURS_2, i));
      chunks += parents.getLast().meta().stats().chunks();
    }
    Block merged = compact(parents);
    assertThat(TestBlocks.read(merged, 0, 3 * HOURS_2)).isEqualTo(all);
    BlockMeta meta = merged.meta();
    assertThat(meta.stats().chunks()).isEqualTo(chunks);
    assertThat(meta.stats().samples()).isEqualTo(samples(all));
    assertThat(meta.stats().series()).isEqualTo(all.size());
    assertThat(meta.minTime()).isZero();
    assertThat(meta.maxTime()).isEqualTo(3 * HOURS_2);
    assertThat(meta.compaction().level()).isEqualTo(2);
    assertThat(meta.compaction().sources())
        .containsExactlyElementsOf(parents.stream().map(b -> b.meta().ulid()).sorted().toList());
    assertThat(meta.compaction().parents()).hasSize(3);
  }

  @Test
  void mergesOverlappingBlocksSampleBySample() {
    Random random = new Random(2);
    for (int round = 0; round < 20; round++) {
      TestBlocks.Content all = new TestBlocks.Content();
      List<Block> parents = new ArrayList<>();
      TestBlocks.Content whole = TestBlocks.generate(random, 20, 0, HOURS_2 - 1);
      for (int i = 0; i < 3; i++) {
        // Parts of the same samples: duplicates have equal values.
        TestBlocks.Content part = new TestBlocks.Content();
        int of = 1 + random.nextInt(3);
        whole.forEach(
            (labels, samples) ->
                samples.forEach(
                    (t, v) -> {
                      if (random.nextInt(of) == 0) {
                        part.add(labels, t, v);
                        all.add(labels, t, v);
                      }
                    }));
        parents.add(write(part, 0, HOURS_2, round * 10 + i));
      }
      Block merged = compact(parents);
      assertThat(TestBlocks.read(merged, 0, HOURS_2)).isEqualTo(all);
      assertThat(merged.meta().stats().samples()).isEqualTo(samples(all));
    }
  }

  @Test
  void copiesChunksThatAllOverlappingBlocksHave() {
    Random random = new Random(12);
    TestBlocks.Content content = TestBlocks.generate(random, 30, 0, HOURS_2 - 1);
    Block first = write(content, 0, HOURS_2, 1);
    Block second = write(content, 0, HOURS_2, 2);
    Block merged = compact(List.of(first, second));
    assertThat(TestBlocks.read(merged, 0, HOURS_2)).isEqualTo(content);
    assertThat(chunkFiles(merged)).isEqualTo(chunkFiles(first));
    assertThat(merged.meta().stats().chunks()).isEqualTo(first.meta().stats().chunks());

    // A chunk that is like another but for deleted samples is merged sample by sample.
    second.delete(0, 1_000_000, List.of());
    assertThat(TestBlocks.read(compact(List.of(first, second)), 0, HOURS_2)).isEqualTo(content);
    first.delete(0, 1_000_000, List.of());
    TestBlocks.Content left = TestBlocks.read(first, 0, HOURS_2);
    assertThat(left).isNotEqualTo(content);
    assertThat(TestBlocks.read(compact(List.of(first, second)), 0, HOURS_2)).isEqualTo(left);
  }

  private static String chunkFiles(Block block) {
    try {
      return HexFormat.of()
          .formatHex(Files.readAllBytes(block.folder().resolve("chunks").resolve("000001")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void leavesDeletedSamplesOut() {
    Random random = new Random(3);
    TestBlocks.Content content = TestBlocks.generate(random, 40, 0, HOURS_2 - 1);
    Block block = write(content, 0, HOURS_2, 1);
    block.delete(500_000, 3_000_000, List.of(Matcher.equal("zone", "z1")));
    block.delete(0, HOURS_2, List.of(Matcher.equal("zone", "z2")));
    TestBlocks.Content expected = TestBlocks.read(block, 0, HOURS_2);

    Block compacted = compact(List.of(block));
    assertThat(TestBlocks.read(compacted, 0, HOURS_2)).isEqualTo(expected);
    assertThat(compacted.meta().stats().tombstones()).isZero();
    assertThat(compacted.meta().stats().samples()).isEqualTo(samples(expected));

    Block rewritten = opened(compactor().rewrite(block, false).orElseThrow());
    assertThat(TestBlocks.read(rewritten, 0, HOURS_2)).isEqualTo(expected);
    assertThat(rewritten.meta().compaction().level()).isEqualTo(1);
    assertThat(rewritten.meta().compaction().parents().getFirst().ulid())
        .isEqualTo(block.meta().ulid());
  }

  @Test
  void mergesOverlappingHistogramsAndFloatsOfOneSeries() {
    Random random = new Random(6);
    Labels labels = Labels.of("__name__", "h");
    TreeMap<Long, Histogram> all = new TreeMap<>();
    Histogram h = TestHistograms.random(random, CounterResetHint.UNKNOWN);
    for (long t = 0; t < 400; t++) {
      all.put(t, h);
      h =
          random.nextInt(60) == 0
              ? TestHistograms.random(random, CounterResetHint.UNKNOWN)
              : TestHistograms.grown(random, h);
    }
    List<Block> parents = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      int odd = i;
      parents.add(writeHistograms(labels, all, t -> t % 3 == 0 || t % 2 == odd, i));
    }
    TestBlocks.Content floats = new TestBlocks.Content();
    for (long t = 1000; t < 1010; t++) {
      floats.add(labels, t, t);
    }
    parents.add(write(floats, 0, HOURS_2, 9));
    TestBlocks.Content more = new TestBlocks.Content();
    more.add(labels, 399, 5);
    more.add(labels, 1500, 6);
    parents.add(write(more, 0, HOURS_2, 10));

    Block merged = compact(parents);

    assertThat(merged.meta().stats().histogramSamples()).isEqualTo(400);
    assertThat(merged.meta().stats().floatSamples()).isEqualTo(11);
    try (var querier = merged.querier(0, HOURS_2)) {
      SampleBuffer buffer = new SampleBuffer();
      querier.select(SelectHints.range(0, HOURS_2), List.of()).read(0, 0, HOURS_2, buffer);
      assertThat(buffer.size()).isEqualTo(411);
      for (int i = 0; i < 400; i++) {
        assertThat(buffer.timestamps[i]).isEqualTo(i);
        assertThat(buffer.histograms[i])
            .usingRecursiveComparison()
            .ignoringFields("counterResetHint")
            .isEqualTo(all.get((long) i).toFloat());
      }
      assertThat(buffer.values[410]).isEqualTo(6);
    }
  }

  private Block writeHistograms(
      Labels labels, TreeMap<Long, Histogram> all, LongPredicate chosen, long seed) {
    Ulid ulid = Ulid.generate(seed, new Random(seed));
    try (BlockWriter writer = BlockWriter.create(folder, ulid)) {
      writer.symbols(List.of("__name__", "h").iterator());
      writer.series(labels);
      HistogramEncoder encoder = new HistogramEncoder();
      long first = -1;
      long last = -1;
      for (var entry : all.entrySet()) {
        if (!chosen.test(entry.getKey())) {
          continue;
        }
        HistogramFit fit =
            encoder.count() == 0 ? HistogramFit.APPENDS : encoder.fit(entry.getValue());
        if (fit != HistogramFit.APPENDS) {
          chunk(writer, encoder, first, last);
          encoder.start(encoder.headerAfter(fit));
        }
        first = encoder.count() == 0 ? entry.getKey() : first;
        last = entry.getKey();
        encoder.add(last, entry.getValue());
      }
      chunk(writer, encoder, first, last);
      return opened(writer.finish(0, HOURS_2, BlockMeta.Compaction.fromHead(ulid)).orElseThrow());
    }
  }

  private static void chunk(BlockWriter writer, HistogramEncoder encoder, long first, long last) {
    ByteWriter data = encoder.chunk();
    writer.chunk(first, last, ChunkEncoding.HISTOGRAM, data.array(), 0, data.length());
  }

  @Test
  void nothingLeftMarksTheParentsDeletable() {
    Block block = write(TestBlocks.generate(new Random(4), 5, 0, 100_000), 0, HOURS_2, 1);
    block.delete(0, HOURS_2, List.of());
    assertThat(compactor().compact(List.of(block))).isEmpty();
    assertThat(block.meta().compaction().deletable()).isTrue();
    assertThat(Block.open(block.folder()).meta().compaction().deletable()).isTrue();
  }

  @Test
  void damagedParentIsMarkedAndLeavesNothingBehind() throws IOException {
    Block good = write(TestBlocks.generate(new Random(5), 30, 0, HOURS_2 - 1), 0, HOURS_2, 1);
    Path chunks = good.folder().resolve("chunks/000001");
    byte[] bytes = Files.readAllBytes(chunks);
    bytes[bytes.length / 2] ^= 1;
    Files.write(chunks, bytes);
    assertThatThrownBy(() -> compactor().compact(List.of(good)))
        .isInstanceOf(StorageException.class)
        .hasMessageContaining("chunks/000001: corrupted at byte");
    assertThat(good.meta().compaction().failed()).isTrue();
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).containsExactly(good.folder());
    }
  }

  private LeveledCompactor compactor() {
    return new LeveledCompactor(
        folder,
        LeveledCompactor.ranges(HOURS_2, 100 * HOURS_2),
        CompactionOptions.DEFAULT,
        512L << 20,
        () -> ChunkEncoding.XOR,
        new Pacer(1, 1L << 40),
        new CompactionMetrics(new MetricRegistry()));
  }

  private Block compact(List<Block> parents) {
    return opened(compactor().compact(parents).orElseThrow());
  }

  private Block write(TestBlocks.Content content, long mint, long maxt, long seed) {
    return opened(TestBlocks.write(folder, content, mint, maxt, seed));
  }

  private Block opened(BlockMeta meta) {
    Block block = Block.open(folder.resolve(meta.ulid().toString()));
    open.add(block);
    return block;
  }

  private static long samples(TestBlocks.Content content) {
    return content.values().stream().mapToLong(Map::size).sum();
  }
}
