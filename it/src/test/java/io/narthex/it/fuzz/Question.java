package io.narthex.it.fuzz;

import io.narthex.it.process.Api;
import java.util.Random;

/**
 * A query and when it is asked for: half a second after the times named, as a subquery evaluates on
 * whole seconds, and versions differ in whether a range includes a step on its edge.
 *
 * @param steps how many steps a range has; 0 for an instant query
 */
record Question(Node query, long startSeconds, long stepSeconds, int steps) {
  private static final long[] STEPS = {5, 7, 15, 30, 60, 300};

  static Question random(Random random, Node query) {
    long first = FuzzData.START_MILLIS / 1000 - 300;
    long last = FuzzData.endMillis() / 1000 + 600;
    long start = first + random.nextInt((int) (last - first));
    return random.nextInt(3) == 0
        ? new Question(query, start, 1, 0)
        : new Question(query, start, STEPS[random.nextInt(STEPS.length)], 1 + random.nextInt(60));
  }

  Question with(Node other) {
    return new Question(other, startSeconds, stepSeconds, steps);
  }

  Question with(long start, int count) {
    return new Question(query, start, stepSeconds, count);
  }

  /** Where a server answers it. */
  String path() {
    String text = Api.encode(query.text());
    return steps == 0
        ? "/api/v1/query?query=" + text + "&time=" + startSeconds + ".5"
        : "/api/v1/query_range?query="
            + text
            + "&start="
            + startSeconds
            + ".5&end="
            + (startSeconds + steps * stepSeconds)
            + ".5&step="
            + stepSeconds;
  }

  @Override
  public String toString() {
    return query.text()
        + (steps == 0
            ? "   at %d.5".formatted(startSeconds)
            : "   from %d.5, %d steps of %d s".formatted(startSeconds, steps, stepSeconds));
  }
}
