package io.narthex.tsdb.torture;

import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs on demand, for {@code -Dnarthex.torture.seconds} from {@code -Dnarthex.torture.seed} on (a
 * new one every time). A failure says how to replay it.
 */
final class TorturePropertyTest {
  private static final int STEPS = 300;
  private static final long SHRINK_SECONDS = 60;

  @TempDir private Path folder;

  @Test
  void databaseAnswersAsTheModelDoes() throws Exception {
    assumeTrue(
        System.getProperty("narthex.torture.seconds") != null
            || System.getProperty("narthex.torture.steps") != null,
        "on demand: -Dnarthex.torture.seconds=60");
    Search search = new Search(folder);
    Optional<String> steps = Optional.ofNullable(System.getProperty("narthex.torture.steps"));
    long first = Long.getLong("narthex.torture.seed", System.nanoTime() / 1000 % 1_000_000_000);
    if (steps.isPresent()) {
      List<Integer> chosen = Arrays.stream(steps.get().split(",")).map(Integer::valueOf).toList();
      search.run(first, chosen).ifPresent(failure -> fail(failure.toString(), failure.cause()));
      return;
    }
    long deadline = System.nanoTime() + Long.getLong("narthex.torture.seconds", 20) * 1_000_000_000;
    long seed = first;
    do {
      Optional<Search.Failure> failure = search.run(seed, Search.steps(STEPS));
      if (failure.isPresent()) {
        Search.Failure smallest = search.shrink(failure.get(), SHRINK_SECONDS);
        fail(smallest.toString(), smallest.cause());
      }
      seed++;
    } while (System.nanoTime() < deadline);
    System.out.println("seeds " + first + " to " + (seed - 1) + " went well");
  }
}
