package io.narthex.tsdb.chunk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.narthex.tsdb.encoding.ByteWriter;
import io.narthex.tsdb.encoding.CorruptionException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ChunkSegmentsTest {
  @TempDir Path folder;

  @Test
  void readsChunksOfEverySizeFromSeveralSegments() {
    Random random = new Random(1);
    List<byte[]> chunks = new ArrayList<>();
    List<Long> refs = new ArrayList<>();
    try (ChunkSegmentWriter writer =
        new ChunkSegmentWriter(folder, 50_000, io.narthex.tsdb.encoding.WritePace.FULL)) {
      for (int i = 0; i < 400; i++) {
        byte[] data = new byte[2 + random.nextInt(1 << random.nextInt(13))];
        random.nextBytes(data);
        chunks.add(data);
        ChunkEncoding encoding = ChunkEncoding.of(1 + i % 3);
        refs.add(writer.append(encoding, data, 0, data.length));
      }
      writer.finish();
    }
    assertThat(refs).isSorted();
    assertThat(refs.getFirst()).isEqualTo(8);
    assertThat(refs.getLast() >>> 32).isPositive();
    try (ChunkSegments segments = ChunkSegments.open(folder)) {
      ByteWriter data = new ByteWriter(16);
      for (int i = 0; i < chunks.size(); i++) {
        assertThat(segments.copy(refs.get(i), data)).isEqualTo(ChunkEncoding.of(1 + i % 3));
        assertThat(data.toByteArray()).isEqualTo(chunks.get(i));
      }
      assertThatThrownBy(() -> segments.copy(99L << 32, data))
          .isInstanceOf(CorruptionException.class)
          .hasMessageContaining("000100")
          .hasMessageContaining("missing");
      assertThatThrownBy(() -> segments.copy(refs.get(5) + 1, data))
          .isInstanceOf(CorruptionException.class)
          .hasMessageContaining("000001: corrupted at byte");
    }
  }

  @Test
  void hasNoChunksWhereTheFolderIsAbsent() {
    try (ChunkSegments segments = ChunkSegments.open(folder.resolve("absent"))) {
      assertThat(segments.sizeBytes()).isZero();
    }
  }
}
