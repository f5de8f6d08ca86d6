package io.narthex.tsdb.block;

import io.narthex.model.labels.Labels;
import io.narthex.model.labels.Utf8Order;
import io.narthex.storage.Querier;
import io.narthex.storage.SampleBuffer;
import io.narthex.storage.SelectHints;
import io.narthex.storage.SeriesSet;
import io.narthex.tsdb.chunk.ChunkEncoding;
import io.narthex.tsdb.chunk.XorEncoder;
import io.narthex.tsdb.encoding.ByteWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** Blocks of generated series, and the naive model of what is in them. */
public final class TestBlocks {
  private static final int CHUNK_SAMPLES = 120;

  private TestBlocks() {}

  /** Series to time to value, both sorted. */
  public static final class Content extends TreeMap<Labels, SortedMap<Long, Double>> {
    private static final long serialVersionUID = 1;

    public void add(Labels labels, long t, double v) {
      computeIfAbsent(labels, _ -> new TreeMap<>()).put(t, v);
    }
  }

  /** Series of a few metrics with labels of small and large cardinality. */
  public static Content generate(Random random, int series, long mint, long maxt) {
    Content content = new Content();
    for (int i = 0; i < series; i++) {
      Labels labels =
          Labels.of(
              "__name__",
              "metric_" + random.nextInt(5),
              "instance",
              "host" + i % 50 + ":9100",
              "job",
              random.nextBoolean() ? "node" : "größe\uD83D\uDE00",
              "id",
              Integer.toString(i),
              random.nextBoolean() ? "zone" : "rack",
              "z" + random.nextInt(3));
      long t = mint + random.nextInt(15_000);
      double v = random.nextInt(100);
      while (t <= maxt) {
        content.add(labels, t, v);
        v += random.nextInt(3);
        t += 15_000 + random.nextInt(10);
      }
    }
    return content;
  }

  public static BlockMeta write(Path folder, Content content, long mint, long maxt, long seed) {
    Ulid ulid = Ulid.generate(1_700_000_000_000L + seed, new Random(seed));
    try (BlockWriter writer = BlockWriter.create(folder, ulid)) {
      writer.symbols(symbols(content).iterator());
      content.forEach(
          (labels, samples) -> {
            writer.series(labels);
            chunks(writer, samples);
          });
      return writer.finish(mint, maxt, BlockMeta.Compaction.fromHead(ulid)).orElseThrow();
    }
  }

  private static TreeSet<String> symbols(Content content) {
    TreeSet<String> symbols = new TreeSet<>(Utf8Order::compare);
    content
        .keySet()
        .forEach(
            labels ->
                labels.forEach(
                    (name, value) -> {
                      symbols.add(name);
                      symbols.add(value);
                    }));
    return symbols;
  }

  private static void chunks(BlockWriter writer, SortedMap<Long, Double> samples) {
    XorEncoder encoder = new XorEncoder();
    long first = 0;
    long last = 0;
    for (var sample : samples.entrySet()) {
      if (encoder.count() == CHUNK_SAMPLES) {
        chunk(writer, encoder, first, last);
      }
      if (encoder.count() == 0) {
        first = sample.getKey();
      }
      encoder.add(sample.getKey(), sample.getValue());
      last = sample.getKey();
    }
    chunk(writer, encoder, first, last);
  }

  private static void chunk(BlockWriter writer, XorEncoder encoder, long first, long last) {
    ByteWriter data = encoder.chunk();
    writer.chunk(first, last, ChunkEncoding.XOR, data.array(), 0, data.length());
    encoder.reset();
  }

  /** All that a block answers for a range. */
  public static Content read(Block block, long mint, long maxt) {
    Content content = new Content();
    try (Querier querier = block.querier(mint, maxt)) {
      SeriesSet set = querier.select(SelectHints.range(mint, maxt), List.of());
      SampleBuffer buffer = new SampleBuffer();
      for (int i = 0; i < set.size(); i++) {
        set.read(i, mint, maxt, buffer);
        for (int j = 0; j < buffer.size(); j++) {
          content.add(set.labels(i), buffer.timestamps[j], buffer.values[j]);
        }
      }
    }
    return content;
  }

  /** The part of a content with {@code mint <= t <= maxt}. */
  public static Content range(Content all, long mint, long maxt) {
    Content part = new Content();
    all.forEach(
        (labels, samples) ->
            samples.subMap(mint, maxt + 1).forEach((t, v) -> part.add(labels, t, v)));
    return part;
  }
}
