package io.narthex.tsdb.damage;

import io.narthex.client.MetricRegistry;
import io.narthex.model.histogram.CounterResetHint;
import io.narthex.model.histogram.FloatHistogram;
import io.narthex.model.histogram.Histogram;
import io.narthex.model.labels.Labels;
import io.narthex.model.labels.Matcher;
import io.narthex.storage.AppendResult;
import io.narthex.storage.Appender;
import io.narthex.storage.Querier;
import io.narthex.tsdb.Db;
import io.narthex.tsdb.DbOptions;
import io.narthex.tsdb.block.Block;
import io.narthex.tsdb.torture.DirectoryCopy;
import io.narthex.tsdb.torture.SampleText;
import io.narthex.tsdb.wal.WalCompression;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A data directory with files of every kind, as a killed server leaves it, and what is in it. */
final class Original {
  static final long BLOCK = 60_000;
  static final long T0 = 1_700_000_000_000L / (9 * BLOCK) * (9 * BLOCK);
  private static final int ROUNDS = 520;
  private static final int STEP = 1000;
  private static final int SERIES = 24;

  private final long seed;
  final Path folder;

  /** All that was ever written, deleted or not. */
  private final Content written = new Content();

  /** What it answers. */
  final Content total;

  /** What each block answers. */
  final Map<Path, Content> blocks = new TreeMap<>();

  Original(long seed, Path root) throws Exception {
    this.seed = seed;
    this.folder = root.resolve("original-" + seed);
    Path live = root.resolve("live-" + seed);
    Random random = new Random(seed);
    try (Db db = open(live, new MetricRegistry())) {
      for (int round = 0; round < ROUNDS; round++) {
        append(db, round, random);
        if (round == 250) {
          db.compact();
          db.delete(T0, T0 + 20_000, List.of(Matcher.equal("i", "3")));
        } else if (round == 400) {
          db.compact();
        }
      }
      DirectoryCopy.of(live, folder);
    }
    cutHoles(folder.resolve("chunks_head"));
    try (Db db = open(copy(root.resolve("read-" + seed)), new MetricRegistry());
        Querier querier = db.querier(Content.MIN, Content.MAX)) {
      total = Content.of(querier);
    }
    for (Path block : blockFolders(folder)) {
      try (Block opened = Block.open(block);
          Querier querier = opened.querier(Content.MIN, Content.MAX)) {
        blocks.put(folder.relativize(block), Content.of(querier));
      }
    }
  }

  /** Files that are written to have a hole up to their largest size, which takes long to copy. */
  private static void cutHoles(Path chunks) throws Exception {
    try (Stream<Path> files = Files.list(chunks)) {
      for (Path file : files.toList()) {
        byte[] bytes = Files.readAllBytes(file);
        int end = bytes.length;
        while (end > 0 && bytes[end - 1] == 0) {
          end--;
        }
        Files.write(file, Arrays.copyOf(bytes, Math.min(bytes.length, end + 5000)));
      }
    }
  }

  DbOptions options(Path at) {
    WalCompression[] compressions = WalCompression.values();
    return DbOptions.of(at)
        .withBlocks(BLOCK, 9 * BLOCK)
        .withRetention(0, 0)
        .withReload(3_600_000)
        .withOutOfOrderWindow(600_000)
        .withWal(1 << 15, compressions[(int) (seed % compressions.length)])
        .withChunks(20, 16 << 10);
  }

  Db open(Path at, MetricRegistry registry) throws Exception {
    Db db = Db.open(options(at), registry);
    db.ready().get();
    return db;
  }

  private void append(Db db, int round, Random random) {
    long now = T0 + (long) round * STEP;
    try (Appender appender = db.appender()) {
      for (int i = 0; i < SERIES; i++) {
        boolean late = round > 60 && random.nextInt(8) == 0;
        long t = late ? now - 500 - STEP * random.nextInt(60) : now;
        if (round % 7 != i % 7 || late) {
          append(appender, labels(i, round), t, i, random);
        }
      }
      appender.commit();
    }
  }

  /** Some series end, others start. */
  private static Labels labels(int i, int round) {
    String generation = i % 4 == 0 ? Integer.toString(round / 90) : "0";
    return Labels.of("__name__", "m" + i % 3, "i", Integer.toString(i), "generation", generation);
  }

  private void append(Appender appender, Labels labels, long t, int i, Random random) {
    if (written.has(labels, t)) {
      return;
    }
    long ref = appender.series(labels);
    AppendResult result;
    String text;
    switch (i % 6) {
      case 4 -> {
        Histogram h = histogram(t, i == 4);
        result = appender.append(ref, t, h);
        text = SampleText.of(h.toFloat(), true);
      }
      case 5 -> {
        FloatHistogram h = histogram(t, false).toFloat();
        result = appender.append(ref, t, h);
        text = SampleText.of(h, false);
      }
      default -> {
        double value = i % 2 == 0 ? t / 1000.0 : random.nextGaussian();
        result = appender.append(ref, t, value);
        text = SampleText.of(value);
      }
    }
    if (result == AppendResult.OK) {
      written.add(labels, t, text);
    }
  }

  /** Grows with time. */
  private static Histogram histogram(long t, boolean customBuckets) {
    long n = (t - T0) / 100 + 700;
    int[] spans = {0, 2};
    return new Histogram(
        CounterResetHint.UNKNOWN,
        customBuckets ? FloatHistogram.CUSTOM_BUCKETS_SCHEMA : 1,
        customBuckets ? 0 : 0.001,
        customBuckets ? 0 : n,
        customBuckets ? 3 * n : 4 * n,
        n / 3.0,
        spans,
        new long[] {n, n},
        new int[0],
        new long[0],
        customBuckets ? new double[] {1, 2.5} : new double[0]);
  }

  Content written() {
    return written;
  }

  /** What is not in blocks. */
  Content head() {
    Content head = total;
    for (Content block : blocks.values()) {
      head = head.without(block);
    }
    return head;
  }

  Path copy(Path to) throws Exception {
    DirectoryCopy.of(folder, to);
    return to;
  }

  static List<Path> blockFolders(Path folder) throws Exception {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries
          .filter(entry -> entry.getFileName().toString().length() == 26)
          .sorted()
          .toList();
    }
  }

  /** All files, relative to the folder. */
  List<Path> files() throws Exception {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).map(folder::relativize).sorted().toList();
    }
  }
}
