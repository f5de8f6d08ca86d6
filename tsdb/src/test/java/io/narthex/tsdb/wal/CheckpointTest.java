package io.narthex.tsdb.wal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.narthex.model.labels.Labels;
import io.narthex.model.metadata.MetricMetadata;
import io.narthex.model.metadata.MetricType;
import io.narthex.storage.StorageException;
import io.narthex.tsdb.encoding.ByteWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class CheckpointTest {
  @TempDir Path folder;

  private final ByteWriter record = new ByteWriter(64);

  @ParameterizedTest
  @EnumSource(WalCompression.class)
  void keepsLivingSeriesAndRecentItems(WalCompression compression) {
    try (WalWriter writer = open()) {
      for (int segment = 0; segment < 4; segment++) {
        series(writer, 10 + segment, 20 + segment);
        samples(writer, 10 + segment, segment * 100L, segment * 100L + 50);
        tombstone(writer, 10 + segment, 0, segment * 100L);
        metadata(writer, 10, "help " + segment);
        writer.nextSegment();
      }
    }
    Checkpoint.Stats stats =
        Checkpoint.create(folder, 0, 2, ref -> ref != 11 && ref != 20, 150, 150, compression);
    Checkpoint made = Checkpoint.latest(folder).orElseThrow();
    assertThat(made.segment()).isEqualTo(2);
    assertThat(made.folder()).hasFileName("checkpoint.00000002");
    assertThat(lines(made))
        .containsExactly(
            "series 10 {__name__=\"m10\"}",
            "series 21 {__name__=\"m21\"}",
            "sample 11 150 3ff0000000000000",
            "series 12 {__name__=\"m12\"}",
            "series 22 {__name__=\"m22\"}",
            "sample 12 200 3ff0000000000000",
            "sample 12 250 3ff0000000000000",
            "tombstone 12 0 200",
            "metadata 10 " + new MetricMetadata(MetricType.COUNTER, "", "help 2"));
    assertThat(stats).isEqualTo(new Checkpoint.Stats(6, 2, 6, 3, 3, 2, 0, 0, 3, 2));
  }

  @Test
  void buildsOnTheCheckpointBefore() {
    try (WalWriter writer = open()) {
      for (int segment = 0; segment < 4; segment++) {
        series(writer, 10 + segment, 20 + segment);
        writer.nextSegment();
      }
      Checkpoint.create(folder, 0, 1, _ -> true, 0, 0, WalCompression.SNAPPY);
      writer.truncate(2);
      Checkpoint.create(folder, 2, 3, ref -> ref != 21, 0, 0, WalCompression.SNAPPY);
      writer.truncate(4);
    }
    Checkpoint.deleteBefore(folder, 3);
    assertThat(Checkpoint.list(folder)).hasSize(1);
    assertThat(WalSegments.list(folder)).containsExactly(4);
    assertThat(lines(Checkpoint.latest(folder).orElseThrow())).hasSize(7);
  }

  @Test
  void refusesGapsAndDamageAndLeavesNothingBehind() throws IOException {
    try (WalWriter writer = open()) {
      for (int segment = 0; segment < 4; segment++) {
        series(writer, 10 + segment, 20 + segment);
        writer.nextSegment();
      }
      Checkpoint.create(folder, 0, 0, _ -> true, 0, 0, WalCompression.NONE);
      writer.truncate(2);
    }
    assertThatThrownBy(() -> Checkpoint.create(folder, 2, 3, _ -> true, 0, 0, WalCompression.NONE))
        .isInstanceOf(StorageException.class)
        .hasMessageContaining("segments 1 to 1 are missing");
    Path third = WalSegments.file(folder, 3);
    byte[] bytes = Files.readAllBytes(third);
    bytes[12] ^= 1;
    Files.write(third, bytes);
    assertThatThrownBy(() -> Checkpoint.create(folder, 1, 3, _ -> true, 0, 0, WalCompression.NONE))
        .isInstanceOf(WalCorruptionException.class)
        .hasMessageContaining("00000003");
    try (var files = Files.list(folder)) {
      assertThat(files.map(p -> p.getFileName().toString()).filter(n -> n.startsWith("c")))
          .containsExactly("checkpoint.00000000");
    }
  }

  @Test
  void keepsEveryTypeOfRecordThatIsRecent() {
    Random random = new Random(1);
    RecordingVisitor written = new RecordingVisitor();
    try (WalWriter writer = open()) {
      for (int i = 0; i < 400; i++) {
        RecordsPropertyTest.TestRecords.random(random, record, written);
        writer.log(record);
      }
    }
    Checkpoint.create(
        folder, 0, 0, _ -> true, Long.MIN_VALUE, Long.MIN_VALUE, WalCompression.SNAPPY);
    List<String> kept = lines(Checkpoint.latest(folder).orElseThrow());
    List<String> expected =
        written.lines.stream()
            .filter(line -> !line.startsWith("marker") && !line.startsWith("metadata"))
            .toList();
    assertThat(kept.stream().filter(line -> !line.startsWith("metadata")))
        .containsExactlyElementsOf(expected);
    assertThat(kept.stream().filter(line -> line.startsWith("metadata")).map(l -> l.split(" ")[1]))
        .doesNotHaveDuplicates()
        .isNotEmpty();
  }

  @Test
  void thereIsNoneInAnEmptyOrAbsentFolder() {
    assertThat(Checkpoint.latest(folder)).isEmpty();
    assertThat(Checkpoint.latest(folder.resolve("absent"))).isEmpty();
  }

  private WalWriter open() {
    return WalWriter.open(folder, Page.BYTES * 4, WalCompression.SNAPPY, WalMetrics.unregistered());
  }

  private void series(WalWriter writer, long... refs) {
    RecordEncoder.begin(record, RecordType.SERIES);
    for (long ref : refs) {
      RecordEncoder.series(record, ref, Labels.of("__name__", "m" + ref));
    }
    writer.log(record);
  }

  private void samples(WalWriter writer, long ref, long... times) {
    long[] refs = new long[times.length];
    double[] values = new double[times.length];
    java.util.Arrays.fill(refs, ref);
    java.util.Arrays.fill(values, 1);
    RecordEncoder.samples(record, refs, times, values, 0, times.length);
    writer.log(record);
  }

  private void tombstone(WalWriter writer, long ref, long mint, long maxt) {
    RecordEncoder.begin(record, RecordType.TOMBSTONES);
    RecordEncoder.tombstone(record, ref, mint, maxt);
    writer.log(record);
  }

  private void metadata(WalWriter writer, long ref, String help) {
    RecordEncoder.begin(record, RecordType.METADATA);
    RecordEncoder.metadata(record, ref, new MetricMetadata(MetricType.COUNTER, "", help));
    writer.log(record);
  }

  private static List<String> lines(Checkpoint checkpoint) {
    RecordingVisitor seen = new RecordingVisitor();
    RecordDecoder decoder = new RecordDecoder();
    try (WalReader reader = WalReader.openAll(checkpoint.folder())) {
      while (reader.next()) {
        decoder.decode(reader.record(), reader.offset(), reader.length(), seen);
      }
    }
    return seen.lines;
  }
}
