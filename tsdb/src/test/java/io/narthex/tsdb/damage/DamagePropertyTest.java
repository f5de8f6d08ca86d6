package io.narthex.tsdb.damage;

import io.narthex.tsdb.encoding.Folders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Damages files of every kind in random places. A few trials of each kind run always; {@code
 * -Dnarthex.damage.seconds} goes on for longer, from {@code -Dnarthex.damage.seed} on.
 */
final class DamagePropertyTest {
  private static final int TRIALS = 30;

  @TempDir private Path root;

  @Test
  @Timeout(3600)
  void damageIsNoticedAndAllElseIsServed() throws Exception {
    long seconds = Long.getLong("narthex.damage.seconds", 0);
    long seed =
        Long.getLong(
            "narthex.damage.seed", seconds == 0 ? 1 : System.nanoTime() / 1000 % 1_000_000_000);
    long deadline = System.nanoTime() + seconds * 1_000_000_000;
    do {
      run(seed++);
    } while (System.nanoTime() < deadline);
  }

  private void run(long seed) throws Exception {
    Random random = new Random(seed);
    Original original = new Original(seed, root);
    Map<Kind, List<Path>> files = new EnumMap<>(Kind.class);
    for (Path file : original.files()) {
      files.computeIfAbsent(Kind.of(file), _ -> new ArrayList<>()).add(file);
    }
    List<String> failures = new ArrayList<>();
    List<Kind> kinds = List.copyOf(files.keySet());
    for (int n = 0; n < TRIALS; n++) {
      List<Path> ofKind = files.get(kinds.get(n % kinds.size()));
      Path file = ofKind.get(random.nextInt(ofKind.size()));
      Damage damage = damage(original.folder.resolve(file), random);
      Path data = root.resolve("trial-" + seed + "-" + n);
      Trial trial = new Trial(original, file, damage, data);
      try {
        trial.run(true);
      } catch (Exception | AssertionError | OutOfMemoryError e) {
        failures.add("seed " + seed + ", trial " + n + ": " + trial + ": " + e);
      }
      Folders.delete(data);
    }
    if (!failures.isEmpty()) {
      throw new AssertionError(String.join("\n\n", failures));
    }
  }

  private static Damage damage(Path file, Random random) throws IOException {
    long size = Math.max(1, Files.size(file));
    return switch (random.nextInt(10)) {
      case 0, 1, 2, 3 -> Damage.flip(random.nextLong(8 * size));
      case 4, 5 -> Damage.truncate(random.nextLong(size));
      case 6 -> Damage.zero(random.nextLong(size) / 4096 * 4096, 4096);
      case 7 -> Damage.zero(random.nextLong(size), 1 + random.nextInt(100));
      case 8 -> {
        byte[] garbage = new byte[1 + random.nextInt(5000)];
        random.nextBytes(garbage);
        yield Damage.append(garbage);
      }
      default -> Damage.delete();
    };
  }
}
