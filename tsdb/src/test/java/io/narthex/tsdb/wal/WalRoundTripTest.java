package io.narthex.tsdb.wal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.narthex.tsdb.encoding.ByteWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class WalRoundTripTest {
  private static final int SEGMENT = 4 * Page.BYTES;

  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource(WalCompression.class)
  void readsBackRecordsOfEverySize(WalCompression compression) {
    Random random = new Random(1);
    List<byte[]> written = new ArrayList<>();
    try (WalWriter writer = open(compression)) {
      for (int i = 0; i < 300; i++) {
        ByteWriter record = record(random, 1 + random.nextInt(1 << random.nextInt(18)));
        written.add(record.toByteArray());
        writer.log(record);
      }
      ByteWriter huge = record(random, 5 * SEGMENT);
      written.add(huge.toByteArray());
      ByteWriter small = record(random, 10);
      written.add(small.toByteArray());
      writer.log(huge, small);
    }
    assertThat(WalSegments.list(folder)).hasSizeGreaterThan(5);
    assertThat(readAll(folder)).containsExactlyElementsOf(written);
  }

  @Test
  void survivesAnInterruptOfTheWritingThread() {
    List<byte[]> written = new ArrayList<>();
    Random random = new Random(5);
    try (WalWriter writer = open(WalCompression.NONE)) {
      for (int i = 0; i < 20; i++) {
        ByteWriter record = record(random, Page.BYTES);
        written.add(record.toByteArray());
        Thread.currentThread().interrupt();
        writer.log(record);
        assertThat(Thread.interrupted()).isTrue();
      }
    }
    assertThat(WalSegments.list(folder)).hasSizeGreaterThan(3);
    assertThat(readAll(folder)).containsExactlyElementsOf(written);
  }

  @Test
  void fillsPagesToTheLastByte() {
    List<byte[]> written = new ArrayList<>();
    Random random = new Random(2);
    try (WalWriter writer = open(WalCompression.NONE)) {
      for (int left = 0; left < 20; left++) {
        ByteWriter record = record(random, Page.BYTES - Page.HEADER_BYTES - left);
        written.add(record.toByteArray());
        writer.log(record);
        ByteWriter next = record(random, 3);
        written.add(next.toByteArray());
        writer.log(next);
        writer.nextSegment();
      }
    }
    assertThat(readAll(folder)).containsExactlyElementsOf(written);
  }

  @Test
  void recordsAreInTheFileWhenLogReturns() {
    Random random = new Random(3);
    try (WalWriter writer = open(WalCompression.SNAPPY)) {
      ByteWriter record = record(random, 100);
      writer.log(record);
      assertThat(readAll(folder)).containsExactly(record.toByteArray());
    }
  }

  @Test
  void startsANewSegmentEachTimeItIsOpened() {
    open(WalCompression.NONE).close();
    try (WalWriter writer = open(WalCompression.NONE)) {
      assertThat(writer.currentSegment()).isEqualTo(1);
    }
    assertThat(WalSegments.list(folder)).containsExactly(0, 1);
  }

  @Test
  void truncatesOldSegmentsButNeverTheCurrentOne() {
    try (WalWriter writer = open(WalCompression.NONE)) {
      writer.log(record(new Random(4), 10));
      writer.nextSegment();
      writer.nextSegment();
      writer.truncate(2);
      assertThat(WalSegments.list(folder)).containsExactly(2);
      writer.truncate(9);
      assertThat(WalSegments.list(folder)).containsExactly(2);
    }
  }

  @Test
  void repairKeepsAllBeforeTheFlippedBitAndInLaterSegments() throws IOException {
    Random random = new Random(5);
    List<byte[]> written = new ArrayList<>();
    List<Integer> segmentOf = new ArrayList<>();
    try (WalWriter writer = open(WalCompression.SNAPPY)) {
      for (int i = 0; i < 100; i++) {
        ByteWriter record = record(random, 1 + random.nextInt(5000));
        written.add(record.toByteArray());
        writer.log(record);
        segmentOf.add(writer.currentSegment());
      }
    }
    List<Path> segments = segmentFiles();
    for (int round = 0; round < 60; round++) {
      Path copy = copyOf(segments, round);
      int victim = random.nextInt(segments.size());
      Path file = WalSegments.file(copy, victim);
      byte[] bytes = Files.readAllBytes(file);
      bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
      Files.write(file, bytes);

      List<byte[]> before = readUntilDamage(copy);
      assertThat(written.subList(0, before.size())).containsExactlyElementsOf(before);
      for (int i = before.size(); i < written.size(); i++) {
        if (segmentOf.get(i) > victim) {
          before.add(written.get(i));
        }
      }
      assertThat(readAll(copy)).containsExactlyElementsOf(before);

      try (WalWriter writer =
          WalWriter.open(copy, SEGMENT, WalCompression.SNAPPY, WalMetrics.unregistered())) {
        ByteWriter after = record(random, 40);
        before.add(after.toByteArray());
        writer.log(after);
      }
      assertThat(readAll(copy)).containsExactlyElementsOf(before);
    }
  }

  @Test
  void tornLastSegmentIsCutAtEveryLengthWithoutLosingWholeRecords() throws IOException {
    Random random = new Random(6);
    List<byte[]> written = new ArrayList<>();
    List<Long> ends = new ArrayList<>();
    try (WalWriter writer = open(WalCompression.NONE)) {
      Path file = WalSegments.file(folder, 0);
      for (int i = 0; i < 12; i++) {
        ByteWriter record = record(random, 1 + random.nextInt(9000));
        written.add(record.toByteArray());
        writer.log(record);
        ends.add(Files.size(file));
      }
    }
    byte[] whole = Files.readAllBytes(WalSegments.file(folder, 0));
    for (int length = 0; length < ends.getLast(); length += 1 + random.nextInt(200)) {
      Path copy = Files.createDirectory(folder.resolve("cut" + length));
      Files.write(WalSegments.file(copy, 0), java.util.Arrays.copyOf(whole, length));
      int cut = length;
      int intact = (int) ends.stream().filter(end -> end <= cut).count();
      List<byte[]> before = readUntilDamage(copy);
      // A header cut behind its kind byte reads as an empty record.
      before.removeIf(record -> record.length == 0);
      assertThat(before).containsExactlyElementsOf(written.subList(0, intact));
    }
  }

  @Test
  void namesFileOffsetAndReasonOfDamage() throws IOException {
    try (WalWriter writer = open(WalCompression.NONE)) {
      writer.log(record(new Random(7), 50));
      writer.log(record(new Random(7), 50));
    }
    Path file = WalSegments.file(folder, 0);
    byte[] bytes = Files.readAllBytes(file);
    bytes[57 + 20] ^= 1;
    Files.write(file, bytes);
    assertThatThrownBy(() -> readAll(folder))
        .isInstanceOf(WalCorruptionException.class)
        .hasMessageContaining(file + ": corrupted at byte 57: unexpected checksum");
  }

  private WalWriter open(WalCompression compression) {
    return WalWriter.open(folder, SEGMENT, compression, WalMetrics.unregistered());
  }

  private List<Path> segmentFiles() {
    return WalSegments.list(folder).stream().map(n -> WalSegments.file(folder, n)).toList();
  }

  private Path copyOf(List<Path> segments, int round) throws IOException {
    Path copy = Files.createDirectory(folder.resolve("copy" + round));
    for (Path segment : segments) {
      Files.copy(segment, copy.resolve(segment.getFileName()));
    }
    return copy;
  }

  private static List<byte[]> readUntilDamage(Path wal) {
    List<byte[]> records = new ArrayList<>();
    try (WalReader reader = WalReader.openAll(wal)) {
      while (reader.next()) {
        records.add(current(reader));
      }
    } catch (WalCorruptionException damage) {
      WalRepair.repair(wal, damage);
    }
    return records;
  }

  private static List<byte[]> readAll(Path wal) {
    List<byte[]> records = new ArrayList<>();
    try (WalReader reader = WalReader.openAll(wal)) {
      while (reader.next()) {
        records.add(current(reader));
      }
    }
    return records;
  }

  private static byte[] current(WalReader reader) {
    return java.util.Arrays.copyOfRange(
        reader.record(), reader.offset(), reader.offset() + reader.length());
  }

  /** Half of it compressible. */
  private static ByteWriter record(Random random, int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    java.util.Arrays.fill(bytes, 0, length / 2, (byte) 'x');
    ByteWriter out = new ByteWriter(length);
    out.bytes(bytes, 0, length);
    return out;
  }
}
