package io.narthex.tsdb.block;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.narthex.model.labels.Labels;
import io.narthex.model.labels.MatchType;
import io.narthex.model.labels.Matcher;
import io.narthex.storage.Querier;
import io.narthex.storage.SelectHints;
import io.narthex.tsdb.index.ChunkMetas;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Blocks of others read here, and ours read by promtool. */
final class BlockPeersTest {
  private static final long HOURS_2 = 7_200_000;

  @TempDir Path folder;

  @Test
  void promtoolListsAnalyzesAndDumpsOurBlocks() throws IOException, InterruptedException {
    Path promtool = promtool();
    TestBlocks.Content content = TestBlocks.generate(new Random(1), 150, HOURS_2, 2 * HOURS_2 - 1);
    BlockMeta meta = TestBlocks.write(folder, content, HOURS_2, 2 * HOURS_2, 1);
    // It insists on a log beside the blocks.
    Files.createDirectory(folder.resolve("wal"));

    String ulid = meta.ulid().toString();
    String list = run(promtool, "tsdb", "list", folder.toString());
    assertThat(list).contains(ulid, String.valueOf(meta.stats().samples()));
    String analysis = run(promtool, "tsdb", "analyze", folder.toString(), ulid);
    assertThat(analysis).contains("Series: 150").contains("Label names: 6");

    TreeSet<String> expected = new TreeSet<>();
    content.forEach(
        (labels, samples) ->
            samples.forEach((t, v) -> expected.add(labels + " " + v.longValue() + " " + t)));
    TreeSet<String> dumped = new TreeSet<>();
    run(promtool, "tsdb", "dump", folder.toString()).lines().forEach(dumped::add);
    assertThat(dumped).isEqualTo(expected);
  }

  @Test
  void promtoolHonoursOurTombstones() throws IOException, InterruptedException {
    Path promtool = promtool();
    TestBlocks.Content content = TestBlocks.generate(new Random(2), 20, 0, HOURS_2 - 1);
    BlockMeta meta = TestBlocks.write(folder, content, 0, HOURS_2, 1);
    Files.createDirectory(folder.resolve("wal"));
    try (Block block = Block.open(folder.resolve(meta.ulid().toString()))) {
      block.delete(1_000_000, 7_000_000, List.of());
      long left = TestBlocks.read(block, 0, HOURS_2).values().stream().mapToLong(Map::size).sum();
      String dump = run(promtool, "tsdb", "dump", folder.toString());
      assertThat(dump.lines().count()).isEqualTo(left);
    }
  }

  @Test
  void readsBlocksThatPromtoolMadeOfOpenMetrics() throws IOException, InterruptedException {
    Path promtool = promtool();
    StringBuilder text = new StringBuilder();
    TestBlocks.Content expected = new TestBlocks.Content();
    Random random = new Random(3);
    for (int series = 0; series < 40; series++) {
      for (int i = 0; i < 300; i++) {
        long t = 1_600_000_000L + i * 60L;
        double v = random.nextInt(1000) / 8.0;
        text.append("queue{n=\"").append(series).append("\"} ").append(v);
        text.append(' ').append(t).append('\n');
        expected.add(Labels.of("__name__", "queue", "n", "" + series), t * 1000, v);
      }
    }
    text.append("# EOF\n");
    Path input = Files.writeString(folder.resolve("in.txt"), text);
    Path out = folder.resolve("out");
    run(promtool, "tsdb", "create-blocks-from", "openmetrics", input.toString(), out.toString());

    TestBlocks.Content read = new TestBlocks.Content();
    int blocks = 0;
    try (Stream<Path> list = Files.list(out)) {
      for (Path path : list.filter(p -> Files.exists(p.resolve("meta.json"))).toList()) {
        try (Block block = Block.open(path)) {
          blocks++;
          TestBlocks.read(block, Long.MIN_VALUE, Long.MAX_VALUE)
              .forEach((labels, samples) -> samples.forEach((t, v) -> read.add(labels, t, v)));
          assertThat(BlockMetaFile.json(block.meta()))
              .isEqualTo(Files.readString(path.resolve("meta.json")).strip());
        }
      }
    }
    assertThat(blocks).isGreaterThan(1);
    assertThat(read).isEqualTo(expected);
  }

  @Test
  void readsTheIndexOfVersion1() {
    Path block = conformance().resolve("tsdb/index_format_v1");
    try (Block opened = Block.open(block)) {
      TestBlocks.Content expected = new TestBlocks.Content();
      expected.add(Labels.of("foo", "bar"), 1, 2);
      expected.add(Labels.of("foo", "baz"), 3, 4);
      for (int i = 0; i < 100; i++) {
        expected.add(Labels.of("bar", "" + i), 0, 0);
      }
      assertThat(TestBlocks.read(opened, Long.MIN_VALUE, Long.MAX_VALUE)).isEqualTo(expected);
      assertThat(opened.meta().stats().series()).isEqualTo(102);
      assertThat(opened.meta().stats().samples()).isEqualTo(102);
      try (Querier querier = opened.querier(0, 1000)) {
        Matcher known = Matcher.of(MatchType.NOT_REGEX, "foo", "^.?$");
        assertThat(querier.select(SelectHints.range(0, 1000), List.of(known)).size()).isEqualTo(2);
        assertThat(querier.labelValues("foo", List.of(), 0)).containsExactly("bar", "baz");
      }
    }
  }

  @Test
  void repairsTheIndexVersionOfADefectiveRelease() throws IOException {
    Path original = conformance().resolve("tsdb/repair_index_version/01BZJ9WJQPWHGNC2W4J9TA62KC");
    Path copy = Files.createDirectory(folder.resolve("01BZJ9WJQPWHGNC2W4J9TA62KC"));
    for (String name : List.of("index", "meta.json")) {
      Files.copy(original.resolve(name), copy.resolve(name));
    }
    assertThat(BlockRepair.fixIndexVersion(copy)).isTrue();
    assertThat(BlockRepair.fixIndexVersion(copy)).isFalse();
    assertThat(Files.readAllBytes(copy.resolve("index"))[4]).isEqualTo((byte) 2);
    try (Block block = Block.open(copy)) {
      assertThat(block.meta().version()).isEqualTo(1);
      try (var querier = block.querier(Long.MIN_VALUE, Long.MAX_VALUE)) {
        assertThat(querier.labelValues("b", List.of(), 0)).containsExactly("1");
      }
      try (BlockContent content = block.open()) {
        List<String> labels = new ArrayList<>();
        for (int number : content.index().with("b", "1")) {
          labels.add(content.index().series(number, new ChunkMetas(), new byte[64]).toString());
        }
        assertThat(labels).containsExactly("{a=\"1\", b=\"1\"}", "{a=\"2\", b=\"1\"}");
      }
    }
  }

  private static Path conformance() {
    String given = System.getenv("NARTHEX_CONFORMANCE");
    Path path =
        given != null
            ? Path.of(given)
            : Path.of(System.getProperty("narthex.root", "."), "..", "shared", "conformance");
    assumeTrue(Files.isDirectory(path), "conformance data not found at " + path);
    return path;
  }

  static Path promtool() {
    Path path = Path.of("/usr/bin/promtool");
    assumeTrue(Files.isExecutable(path), "promtool is not installed");
    return path;
  }

  private String run(Path command, String... arguments) throws IOException, InterruptedException {
    List<String> line = new ArrayList<>();
    line.add(command.toString());
    line.addAll(List.of(arguments));
    Path errors = folder.resolve("stderr");
    Process process = new ProcessBuilder(line).redirectError(errors.toFile()).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(Files.readString(errors)).isZero();
    return output;
  }
}
