package io.narthex.promqltest;

import io.narthex.promqltest.Expectation.Result;
import java.util.List;

/**
 * Runs a query and says what must come of it.
 *
 * @param line the line of the command, from 1
 * @param query the expression
 * @param time when, and for range queries how often
 * @param notes what errors and annotations must come, or must not
 * @param result the value
 */
public record Evaluation(
    int line, String query, Time time, List<Expectation.Note> notes, Result result)
    implements ScriptStep {
  public Evaluation {
    notes = List.copyOf(notes);
  }

  /** When the query is evaluated, in milliseconds from the epoch. */
  public sealed interface Time {
    /** At one time. */
    record Instant(long timeMillis) implements Time {}

    /** At start, start + step … end. */
    record Range(long startMillis, long endMillis, long stepMillis) implements Time {}
  }

  /** Whether the query must fail. */
  public boolean mustFail() {
    return has(Expectation.Kind.FAIL);
  }

  boolean has(Expectation.Kind kind) {
    return notes.stream().anyMatch(note -> note.kind() == kind);
  }
}
