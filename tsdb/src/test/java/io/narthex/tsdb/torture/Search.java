package io.narthex.tsdb.torture;

import io.narthex.tsdb.encoding.Folders;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;

/** Makes runs, and looks for the fewest steps that make one fail. */
final class Search {
  private final Path root;
  private int runs;

  Search(Path root) {
    this.root = root;
  }

  /**
   * A run that failed.
   *
   * @param steps those that were taken
   * @param trace what each of them was
   */
  record Failure(long seed, List<Integer> steps, List<String> trace, Throwable cause) {
    @Override
    public String toString() {
      return "seed %d fails: replay with -Dnarthex.torture.seed=%d -Dnarthex.torture.steps=%s%n%s%n%s"
          .formatted(
              seed,
              seed,
              String.join(",", steps.stream().map(String::valueOf).toList()),
              String.join("; ", trace),
              cause);
    }
  }

  /** Every step has random numbers of its own, so that leaving some away does not change others. */
  static Random random(long seed, int step) {
    return new Random((seed * 1_000_003 + step) * 0x9e3779b97f4a7c15L);
  }

  static List<Integer> steps(int count) {
    return IntStream.range(0, count).boxed().toList();
  }

  /** Takes the steps; empty where all goes well. */
  Optional<Failure> run(long seed, List<Integer> steps) throws Exception {
    Path folder = Files.createDirectories(root.resolve("run-" + runs++));
    List<Integer> taken = new ArrayList<>();
    List<String> trace = new ArrayList<>();
    try (Run run = new Run(seed, folder)) {
      trace.add(run.settings().toString());
      try {
        for (int step : steps) {
          taken.add(step);
          try {
            run.step(step, random(seed, step));
          } finally {
            trace.add(step + " " + run.last());
          }
        }
        run.finish(random(seed, Integer.MAX_VALUE));
        return Optional.empty();
      } catch (Exception | AssertionError e) {
        trace.add(run.last());
        return Optional.of(new Failure(seed, taken, trace, e));
      }
    } finally {
      Folders.delete(folder);
    }
  }

  /** Leaves away as many steps as possible within a time. */
  Failure shrink(Failure found, long seconds) throws Exception {
    long deadline = System.nanoTime() + seconds * 1_000_000_000L;
    Failure smallest = found;
    int part = Math.max(1, smallest.steps().size() / 2);
    while (part > 0 && System.nanoTime() < deadline) {
      boolean smaller = false;
      for (int from = 0; from < smallest.steps().size() && System.nanoTime() < deadline; ) {
        List<Integer> fewer = new ArrayList<>(smallest.steps());
        fewer.subList(from, Math.min(fewer.size(), from + part)).clear();
        Optional<Failure> failure = run(smallest.seed(), fewer);
        if (failure.isPresent()) {
          smallest = failure.get();
          smaller = true;
        } else {
          from += part;
        }
      }
      part = smaller && part > 1 ? Math.min(part, smallest.steps().size() / 2) : part / 2;
    }
    return smallest;
  }
}
