package io.narthex.tsdb.damage;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.tsdb.chunk.HeadChunkFiles;
import io.narthex.tsdb.encoding.Folders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every kind of damage that has a name, to every kind of file. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class DamageTest {
  private Path root;
  private Original original;
  private int trials;

  @BeforeAll
  void fill(@TempDir Path folder) throws Exception {
    root = folder;
    original = new Original(3, root);
  }

  @ParameterizedTest
  @EnumSource
  @Timeout(300)
  void isNoticedAndAllElseIsServed(Kind kind) throws Exception {
    List<Path> files = original.files().stream().filter(file -> Kind.of(file) == kind).toList();
    Path file = files.get(files.size() / 2);
    for (Damage damage : damages(kind, file)) {
      Path data = root.resolve("trial-" + trials++);
      new Trial(original, file, damage, data).run(trials % 7 == 0);
      Folders.delete(data);
    }
  }

  /** A marker in the out-of-order log says that its samples are in a chunk. */
  @Test
  void outOfOrderSamplesWhoseChunkWasZeroedAreInTheLog() throws Exception {
    Path copy = original.copy(root.resolve("chunks")).resolve("chunks_head");
    List<Long> refs = new ArrayList<>();
    try (HeadChunkFiles chunks = HeadChunkFiles.open(copy)) {
      chunks.visit(
          (_, ref, _, _, _, _, outOfOrder) -> {
            if (outOfOrder) {
              refs.add(ref);
            }
          });
    }
    assertThat(refs).isNotEmpty();
    for (long ref : List.of(refs.getFirst(), refs.get(refs.size() / 2), refs.getLast())) {
      Path file = Path.of("chunks_head", "%06d".formatted(HeadChunkFiles.fileNumber(ref)));
      Path data = root.resolve("zeroed-" + ref);
      new Trial(original, file, Damage.zero(ref & 0xFFFFFFFFL, 30), data).run(false);
    }
  }

  private List<Damage> damages(Kind kind, Path file) throws IOException {
    Path path = original.folder.resolve(file);
    long size = Files.size(path);
    List<Damage> damages = new ArrayList<>();
    damages.add(Damage.delete());
    damages.add(Damage.truncate(0));
    damages.add(Damage.folderInstead());
    damages.add(Damage.append((byte) 0x91, (byte) 7, (byte) 0xff));
    if (size > 8) {
      damages.add(Damage.truncate(size - 1));
      damages.add(Damage.zero(0, 4096));
      damages.add(Damage.overwrite(size / 2, (byte) 0xff, (byte) 0xff, (byte) 0xff, (byte) 0xff));
    }
    switch (kind) {
      case WAL, WBL, CHECKPOINT -> {
        damages.add(Damage.duplicate("00000077"));
        damages.add(Damage.rename("00000078"));
        damages.add(Damage.rename("7"));
      }
      case HEAD_CHUNKS, CHUNKS, INDEX, TOMBSTONES -> {
        damages.add(Damage.overwrite(0, (byte) 1));
        damages.add(Damage.overwrite(4, (byte) 9));
        damages.add(Damage.truncate(4));
        damages.add(Damage.truncate(Math.min(size, 9)));
        if (kind == Kind.HEAD_CHUNKS || kind == Kind.CHUNKS) {
          damages.add(Damage.duplicate("000099"));
          damages.add(Damage.rename("000098"));
        }
      }
      case META -> {
        damages.add(Damage.overwrite(0, (byte) '['));
        damages.add(Damage.overwrite(12, (byte) 0xff));
        damages.add(Damage.overwrite(size - 3, (byte) '2'));
      }
      case SERIES_STATE, LOCK -> {}
    }
    return damages;
  }
}
