package io.narthex.promqltest;

import io.narthex.promql.QueryResult;
import io.narthex.promqltest.Expectation.Kind;
import io.narthex.promqltest.Expectation.Note;
import java.util.List;
import java.util.Optional;

/** Compares errors and annotations with what is expected of them. */
final class NoteCheck {
  private final Evaluation evaluation;

  NoteCheck(Evaluation evaluation) {
    this.evaluation = evaluation;
  }

  /** What is wrong with an error of a query that must fail. */
  Optional<String> error(String message) {
    for (Note note : evaluation.notes()) {
      if (note.kind() == Kind.FAIL && !note.matches(message)) {
        return Optional.of("expected error " + note.text() + ", got error: " + message);
      }
    }
    return Optional.empty();
  }

  /** What is wrong with the annotations of a result. */
  Optional<String> annotations(QueryResult result) {
    return check(Kind.WARN, Kind.NO_WARN, result.warnings())
        .or(() -> check(Kind.INFO, Kind.NO_INFO, result.infos()));
  }

  private Optional<String> check(Kind kind, Kind none, List<String> actual) {
    List<Note> wanted = evaluation.notes().stream().filter(note -> note.kind() == kind).toList();
    for (Note note : wanted) {
      if (actual.stream().noneMatch(note::matches)) {
        return Optional.of(
            "expected " + kind.text() + " annotation " + note.text() + ", got " + actual);
      }
    }
    if (!wanted.isEmpty()) {
      for (String annotation : actual) {
        if (wanted.stream().noneMatch(note -> note.matches(annotation))) {
          return Optional.of("unexpected " + kind.text() + " annotation: " + annotation);
        }
      }
    }
    if (evaluation.has(none) && !actual.isEmpty()) {
      return Optional.of("expected no " + kind.text() + " annotation, got " + actual);
    }
    return Optional.empty();
  }
}
