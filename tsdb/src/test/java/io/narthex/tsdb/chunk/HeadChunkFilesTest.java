package io.narthex.tsdb.chunk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.narthex.storage.SampleBuffer;
import io.narthex.storage.StorageException;
import io.narthex.tsdb.encoding.ByteWriter;
import io.narthex.tsdb.encoding.CorruptionException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class HeadChunkFilesTest {
  private static final long FILE_BYTES = 64 * 1024;

  @TempDir Path folder;

  record Written(long series, long ref, long mint, long maxt, byte[] data, boolean outOfOrder) {}

  @Test
  void findsEveryChunkAtOnceAndAfterReopening() {
    List<Written> all;
    try (HeadChunkFiles files = HeadChunkFiles.open(folder, FILE_BYTES)) {
      all = append(files, new Random(1), 600);
      check(files, all);
    }
    try (HeadChunkFiles files = HeadChunkFiles.open(folder, FILE_BYTES)) {
      assertThat(visited(files)).usingRecursiveFieldByFieldElementComparator().isEqualTo(all);
      List<Written> more = append(files, new Random(2), 50);
      check(files, all);
      check(files, more);
      assertThat(HeadChunkFiles.fileNumber(more.getFirst().ref()))
          .isEqualTo(HeadChunkFiles.fileNumber(all.getLast().ref()) + 1);
    }
  }

  @Test
  void decodesTheRangeAskedFor() {
    try (HeadChunkFiles files = HeadChunkFiles.open(folder)) {
      XorEncoder encoder = new XorEncoder();
      for (int i = 0; i < 100; i++) {
        encoder.add(i * 1000L, i);
      }
      ByteWriter chunk = encoder.chunk();
      long ref =
          files.append(7, 0, 99_000, ChunkEncoding.XOR, false, chunk.array(), 0, chunk.length());
      for (int pass = 0; pass < 2; pass++) {
        SampleBuffer buffer = new SampleBuffer();
        files.decode(ref, 10_000, 19_999, buffer);
        assertThat(Arrays.copyOf(buffer.values, buffer.size()))
            .containsExactly(10, 11, 12, 13, 14, 15, 16, 17, 18, 19);
        files.flush();
      }
    }
  }

  @Test
  void goesOnAfterAnInterruptFailedToStartAFile() {
    try (HeadChunkFiles files = HeadChunkFiles.open(folder, FILE_BYTES)) {
      List<Written> all = append(files, new Random(1), 30);
      files.cutNewFile();
      Thread.currentThread().interrupt();
      assertThatThrownBy(() -> append(files, new Random(2), 1))
          .isInstanceOf(StorageException.class);
      assertThat(Thread.interrupted()).isTrue();
      Thread.currentThread().interrupt();
      files.flush();
      assertThat(Thread.interrupted()).isTrue();
      all.addAll(append(files, new Random(3), 30));
      check(files, all);
    }
  }

  /** Nothing may be read behind the last chunk: a file that is finished ends there. */
  @Test
  void readsTheLastChunkOfAFileWhileItsEndIsCut() throws Exception {
    byte[] filler = new byte[3800];
    XorEncoder encoder = new XorEncoder();
    encoder.add(1000, 42);
    ByteWriter chunk = encoder.chunk();
    AtomicLong newest = new AtomicLong();
    AtomicReference<Throwable> failure = new AtomicReference<>();
    try (HeadChunkFiles files = HeadChunkFiles.open(folder, FILE_BYTES)) {
      Thread reader =
          Thread.ofPlatform()
              .start(
                  () -> {
                    SampleBuffer buffer = new SampleBuffer();
                    try {
                      for (long ref = newest.get(); ref >= 0; ref = newest.get()) {
                        if (ref > 0) {
                          files.decode(ref, 0, 2000, buffer);
                        }
                      }
                    } catch (RuntimeException | Error e) {
                      failure.set(e);
                    }
                  });
      for (int i = 0; i < 300; i++) {
        files.append(1, 0, 1, ChunkEncoding.XOR, false, filler, 0, filler.length);
        long ref =
            files.append(2, 0, 1, ChunkEncoding.XOR, false, chunk.array(), 0, chunk.length());
        files.flush();
        newest.set(ref);
        files.cutNewFile();
      }
      newest.set(-1);
      reader.join();
    }
    assertThat(failure.get()).isNull();
  }

  @Test
  void removesAnEmptyLastFile() throws IOException {
    try (HeadChunkFiles files = HeadChunkFiles.open(folder, FILE_BYTES)) {
      append(files, new Random(1), 10);
    }
    Files.write(folder.resolve("000002"), new byte[2]);
    try (HeadChunkFiles files = HeadChunkFiles.open(folder, FILE_BYTES)) {
      assertThat(visited(files)).hasSize(10);
    }
    assertThat(folder.resolve("000002")).doesNotExist();
  }

  @Test
  void readsFilesThatACrashLeftAtFullSize() throws IOException {
    List<Written> all;
    try (HeadChunkFiles files = HeadChunkFiles.open(folder, FILE_BYTES)) {
      all = append(files, new Random(1), 20);
      files.flush();
      Files.createDirectory(folder.resolve("copy"));
      Files.copy(folder.resolve("000001"), folder.resolve("copy/000001"));
    }
    assertThat(Files.size(folder.resolve("copy/000001"))).isEqualTo(FILE_BYTES);
    try (HeadChunkFiles files = HeadChunkFiles.open(folder.resolve("copy"), FILE_BYTES)) {
      assertThat(visited(files)).usingRecursiveFieldByFieldElementComparator().isEqualTo(all);
    }
  }

  @Test
  void noticesEveryFlippedBitAndKeepsTheFilesBefore() throws IOException {
    Random random = new Random(3);
    List<Written> all;
    try (HeadChunkFiles files = HeadChunkFiles.open(folder, FILE_BYTES)) {
      all = append(files, random, 600);
    }
    int lastFile = HeadChunkFiles.fileNumber(all.getLast().ref());
    for (int round = 0; round < 15; round++) {
      Path copy = copy("flip" + round);
      int victim = 1 + random.nextInt(lastFile);
      Path file = HeadChunkFile.path(copy, victim);
      byte[] bytes = Files.readAllBytes(file);
      int at = HeadChunkFile.HEADER_BYTES + random.nextInt(bytes.length - 8);
      bytes[at] ^= (byte) (1 << random.nextInt(8));
      Files.write(file, bytes);
      repairAndCheck(copy, all, victim);
    }
  }

  @Test
  void noticesTruncationAtAnyLength() throws IOException {
    Random random = new Random(4);
    List<Written> all;
    try (HeadChunkFiles files = HeadChunkFiles.open(folder, FILE_BYTES)) {
      all = append(files, random, 60);
    }
    byte[] whole = Files.readAllBytes(folder.resolve("000001"));
    List<Long> ends = new ArrayList<>();
    for (Written w : all) {
      ends.add((w.ref() & 0xFFFFFFFFL));
    }
    for (int length = 8; length < whole.length; length += 1 + random.nextInt(400)) {
      Path copy = Files.createDirectory(folder.resolve("cut" + length));
      Files.write(copy.resolve("000001"), Arrays.copyOf(whole, length));
      List<Written> seen = new ArrayList<>();
      try (HeadChunkFiles files = HeadChunkFiles.open(copy, FILE_BYTES)) {
        // Zeros look like the end of what was written.
        if (onlyZerosSinceChunkEnd(whole, length, ends)) {
          seen.addAll(visited(files));
        } else {
          assertThatThrownBy(() -> files.visit(collect(files, seen)))
              .isInstanceOf(CorruptionException.class)
              .hasMessageContaining("000001");
        }
      }
      assertThat(seen).hasSizeLessThanOrEqualTo(all.size());
    }
  }

  @Test
  void truncatesOldFilesAndStartsANewOne() {
    try (HeadChunkFiles files = HeadChunkFiles.open(folder, FILE_BYTES)) {
      List<Written> all = append(files, new Random(5), 600);
      int last = HeadChunkFiles.fileNumber(all.getLast().ref());
      files.truncate(last);
      List<Written> more = append(files, new Random(6), 10);
      assertThat(HeadChunkFiles.fileNumber(more.getFirst().ref())).isEqualTo(last + 1);
      check(files, more);
      check(files, all.stream().filter(w -> w.ref() >>> 32 == last).toList());
      assertThatThrownBy(() -> files.copy(all.getFirst().ref(), new ByteWriter(10)))
          .isInstanceOf(StorageException.class)
          .hasMessageContaining("000001 does not exist on disk");
      assertThat(folder.resolve("000001")).doesNotExist();
    }
  }

  private static boolean onlyZerosSinceChunkEnd(byte[] file, int length, List<Long> ends) {
    for (int at = length; at > 8 && !ends.contains((long) at); at--) {
      if (file[at - 1] != 0) {
        return false;
      }
    }
    return true;
  }

  private Path copy(String name) throws IOException {
    Path copy = Files.createDirectory(folder.resolve(name));
    for (int n = 1; Files.exists(HeadChunkFile.path(folder, n)); n++) {
      Files.copy(HeadChunkFile.path(folder, n), HeadChunkFile.path(copy, n));
    }
    return copy;
  }

  private static void repairAndCheck(Path copy, List<Written> all, int victim) {
    List<Written> before = all.stream().filter(w -> w.ref() >>> 32 < victim).toList();
    try (HeadChunkFiles files = HeadChunkFiles.open(copy, FILE_BYTES)) {
      try {
        files.visit((s, r, mint, maxt, n, e, o) -> {});
        // Only a reference and times that all became zero could hide a chunk.
        throw new AssertionError("flipped bit not noticed");
      } catch (CorruptionException damage) {
        files.deleteFrom(damage);
      }
      assertThat(visited(files)).usingRecursiveFieldByFieldElementComparator().isEqualTo(before);
      check(files, append(files, new Random(1), 5));
    }
  }

  private static List<Written> append(HeadChunkFiles files, Random random, int count) {
    List<Written> written = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      byte[] data = new byte[2 + random.nextInt(800)];
      random.nextBytes(data);
      long series = 1L + random.nextInt(1000);
      long mint = random.nextInt();
      long maxt = mint + 100;
      boolean outOfOrder = random.nextBoolean();
      long ref =
          files.append(series, mint, maxt, ChunkEncoding.XOR, outOfOrder, data, 0, data.length);
      written.add(new Written(series, ref, mint, maxt, data, outOfOrder));
    }
    return written;
  }

  private static void check(HeadChunkFiles files, List<Written> all) {
    ByteWriter data = new ByteWriter(16);
    for (Written w : all) {
      assertThat(files.copy(w.ref(), data)).isEqualTo(ChunkEncoding.XOR);
      assertThat(data.toByteArray()).isEqualTo(w.data());
    }
  }

  private static List<Written> visited(HeadChunkFiles files) {
    List<Written> seen = new ArrayList<>();
    files.visit(collect(files, seen));
    return seen;
  }

  private static HeadChunkFiles.ChunkVisitor collect(HeadChunkFiles files, List<Written> into) {
    return (series, ref, mint, maxt, samples, encoding, outOfOrder) -> {
      ByteWriter data = new ByteWriter(16);
      files.copy(ref, data);
      assertThat(samples).isEqualTo(ChunkDecoder.count(encoding, data.array(), 0));
      into.add(new Written(series, ref, mint, maxt, data.toByteArray(), outOfOrder));
    };
  }
}
