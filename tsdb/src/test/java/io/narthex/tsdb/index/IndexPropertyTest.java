package io.narthex.tsdb.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.narthex.model.labels.Labels;
import io.narthex.model.labels.Utf8Order;
import io.narthex.tsdb.encoding.CorruptionException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class IndexPropertyTest {
  @TempDir Path folder;

  @Test
  void readsBackSeriesChunksAndPostings() {
    for (long seed = 1; seed <= 8; seed++) {
      Random random = new Random(seed);
      TreeMap<Labels, long[]> series = series(random, 1 << random.nextInt(12));
      Path path = folder.resolve("index" + seed);
      write(path, series);
      try (IndexReader reader = IndexReader.open(path)) {
        check(reader, series);
      }
    }
  }

  private static void check(IndexReader reader, TreeMap<Labels, long[]> series) {
    int[] all = reader.all();
    assertThat(all).hasSize(series.size());
    ChunkMetas chunks = new ChunkMetas();
    byte[] scratch = new byte[64];
    Map<String, TreeMap<String, List<Integer>>> postings = new TreeMap<>(Utf8Order::compare);
    int i = 0;
    for (var entry : series.entrySet()) {
      int number = all[i++];
      assertThat(reader.series(number, chunks, scratch)).isEqualTo(entry.getKey());
      assertThat(flat(chunks)).isEqualTo(entry.getValue());
      reader.chunks(number, chunks, scratch);
      assertThat(flat(chunks)).isEqualTo(entry.getValue());
      entry
          .getKey()
          .forEach(
              (name, value) ->
                  postings
                      .computeIfAbsent(name, _ -> new TreeMap<>(Utf8Order::compare))
                      .computeIfAbsent(value, _ -> new ArrayList<>())
                      .add(number));
    }
    assertThat(reader.labelNames()).containsExactlyElementsOf(postings.keySet());
    postings.forEach(
        (name, values) -> {
          assertThat(reader.labelValues(name, 0)).containsExactlyElementsOf(values.keySet());
          assertThat(reader.labelValueCount(name)).isEqualTo(values.size());
          values.forEach(
              (value, numbers) ->
                  assertThat(reader.with(name, value))
                      .isEqualTo(numbers.stream().mapToInt(Integer::intValue).toArray()));
          assertThat(reader.with(name, "\uFFFF")).isEmpty();
          assertThat(reader.with(name, "")).isEmpty();
          assertThat(reader.withMatching(name, "v1", v -> v.length() < 4))
              .isEqualTo(
                  values.entrySet().stream()
                      .filter(e -> e.getKey().startsWith("v1") && e.getKey().length() < 4)
                      .flatMap(e -> e.getValue().stream())
                      .mapToInt(Integer::intValue)
                      .sorted()
                      .toArray());
        });
    assertThat(reader.with("no such name", "x")).isEmpty();
  }

  @Test
  void everyFlippedBitIsNoticedOrHarmless() throws IOException {
    Random random = new Random(3);
    TreeMap<Labels, long[]> series = series(random, 60);
    Path path = folder.resolve("index");
    write(path, series);
    byte[] whole = Files.readAllBytes(path);
    int noticed = 0;
    int rounds = 400;
    for (int round = 0; round < rounds; round++) {
      byte[] bytes = whole.clone();
      bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
      Files.write(path, bytes);
      try (IndexReader reader = IndexReader.open(path)) {
        check(reader, series);
      } catch (CorruptionException e) {
        assertThat(e.path()).isEqualTo(path);
        noticed++;
      }
    }
    assertThat(noticed).isGreaterThan(rounds * 8 / 10);
  }

  @Test
  void everyTruncationIsRefused() throws IOException {
    Random random = new Random(4);
    Path path = folder.resolve("index");
    write(path, series(random, 30));
    byte[] whole = Files.readAllBytes(path);
    for (int length = 0; length < whole.length; length += 1 + random.nextInt(30)) {
      Files.write(path, Arrays.copyOf(whole, length));
      assertThatThrownBy(() -> IndexReader.open(path)).isInstanceOf(CorruptionException.class);
    }
  }

  private static void write(Path path, TreeMap<Labels, long[]> series) {
    TreeSet<String> symbols = new TreeSet<>(Utf8Order::compare);
    series
        .keySet()
        .forEach(
            labels ->
                labels.forEach(
                    (name, value) -> {
                      symbols.add(name);
                      symbols.add(value);
                    }));
    symbols.add("used by nobody");
    try (IndexWriter writer = new IndexWriter(path)) {
      writer.symbols(symbols.iterator());
      ChunkMetas chunks = new ChunkMetas();
      series.forEach(
          (labels, flat) -> {
            chunks.clear();
            for (int i = 0; i < flat.length; i += 3) {
              chunks.add(flat[i], flat[i + 1], flat[i + 2]);
            }
            writer.series(labels, chunks);
          });
      writer.finish();
    }
  }

  private static TreeMap<Labels, long[]> series(Random random, int count) {
    TreeMap<Labels, long[]> series = new TreeMap<>();
    for (int i = 0; i < count; i++) {
      String[] pairs = new String[2 * (1 + random.nextInt(6))];
      for (int j = 0; j < pairs.length; j += 2) {
        pairs[j] = "n" + random.nextInt(9) + (random.nextInt(9) == 0 ? "ö\uD83D\uDE00" : "");
        pairs[j + 1] = "v" + random.nextInt(1 << random.nextInt(14));
      }
      series.put(Labels.of(pairs), chunks(random));
    }
    return series;
  }

  private static long[] chunks(Random random) {
    long[] flat = new long[3 * (1 + random.nextInt(40))];
    long t = random.nextInt();
    long ref = random.nextInt(1 << 30);
    for (int i = 0; i < flat.length; i += 3) {
      flat[i] = t;
      t += random.nextInt(100_000);
      flat[i + 1] = t;
      t += 1 + random.nextInt(100_000);
      flat[i + 2] = ref;
      ref += random.nextInt(1000) + (random.nextInt(20) == 0 ? 1L << 32 : 0);
    }
    return flat;
  }

  private static long[] flat(ChunkMetas chunks) {
    long[] flat = new long[3 * chunks.size()];
    for (int i = 0; i < chunks.size(); i++) {
      flat[3 * i] = chunks.mint(i);
      flat[3 * i + 1] = chunks.maxt(i);
      flat[3 * i + 2] = chunks.ref(i);
    }
    return flat;
  }
}
