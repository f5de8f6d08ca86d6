package io.narthex.tsdb.torture;

import static org.assertj.core.api.Assertions.fail;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs for {@code -Dnarthex.torture.seconds} from {@code -Dnarthex.torture.seed} on: by default a
 * minute and always the same seeds, so that what fails was broken by a change. Name another seed to
 * search further. A failure says how to replay it.
 */
final class TorturePropertyTest {
  private static final int STEPS = 300;
  private static final int SECONDS = 60;
  private static final long SHRINK_SECONDS = 60;

  @TempDir private Path folder;

  @Test
  void databaseAnswersAsTheModelDoes() throws Exception {
    Search search = new Search(folder);
    Optional<String> steps = Optional.ofNullable(System.getProperty("narthex.torture.steps"));
    long first = Long.getLong("narthex.torture.seed", 1);
    if (steps.isPresent()) {
      List<Integer> chosen = Arrays.stream(steps.get().split(",")).map(Integer::valueOf).toList();
      search.run(first, chosen).ifPresent(failure -> fail(failure.toString(), failure.cause()));
      return;
    }
    long deadline =
        System.nanoTime() + Long.getLong("narthex.torture.seconds", SECONDS) * 1_000_000_000;
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
