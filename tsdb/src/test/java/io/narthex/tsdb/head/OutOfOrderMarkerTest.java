package io.narthex.tsdb.head;

import static io.narthex.tsdb.head.HeadProcess.labels;
import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.tsdb.chunk.HeadChunkFiles;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Markers in the out-of-order log, which say that samples are in a head chunk. */
final class OutOfOrderMarkerTest {
  @TempDir private Path folder;

  @Test
  void comeToTheLogOnlyBehindTheirChunks() {
    try (HeadProcess process = new HeadProcess(folder, 10_000_000)) {
      process.replay.run();
      process.append(labels(1), HeadProcess.T0 + 1000, 0);
      for (int t = 0; t <= OutOfOrderWriter.OPEN_SAMPLES; t++) {
        process.append(labels(1), HeadProcess.T0 + t, t);
      }
      assertThat(samplesOnDisk()).containsExactly(OutOfOrderWriter.OPEN_SAMPLES);
    }
  }

  /** Of each out-of-order chunk, as a crash would leave the files now. */
  private List<Integer> samplesOnDisk() {
    List<Integer> found = new ArrayList<>();
    Path sandbox = folder.resolve("sandbox");
    try (HeadChunkFiles files =
        HeadChunkFiles.openReadOnly(folder.resolve("chunks_head"), sandbox)) {
      files.visit(
          (_, _, _, _, samples, _, outOfOrder) -> {
            if (outOfOrder) {
              found.add(samples);
            }
          });
    }
    return found;
  }
}
