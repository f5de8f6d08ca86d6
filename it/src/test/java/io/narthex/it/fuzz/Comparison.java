package io.narthex.it.fuzz;

import io.narthex.it.differential.Answer;
import io.narthex.it.process.Api;
import io.narthex.it.process.Json;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Two servers that should give the same answers. */
final class Comparison {
  private final Api ours;
  private final Api theirs;
  private final boolean modern;
  private long withSeries;
  private long withHistograms;

  /**
   * @param modern whether theirs is of version 3
   */
  Comparison(Api ours, Api theirs, boolean modern) {
    this.ours = ours;
    this.theirs = theirs;
    this.modern = modern;
  }

  /** How many answers had something in them. */
  long withSeries() {
    return withSeries;
  }

  /** How many answers had native histograms in them. */
  long withHistograms() {
    return withHistograms;
  }

  /** What is different; empty where nothing is. */
  Optional<String> difference(Question question) {
    HttpResponse<String> expected = theirs.get(question.path());
    HttpResponse<String> actual = ours.get(question.path());
    if (!modern && expected.body().contains("metrics with the same labelset")) {
      // Series that take turns under one label set are merged since version 3.
      return Optional.empty();
    }
    if (expected.statusCode() != actual.statusCode()) {
      return Optional.of(
          "status %d %s, expected %d %s"
              .formatted(
                  actual.statusCode(),
                  cut(actual.body()),
                  expected.statusCode(),
                  cut(expected.body())));
    }
    Object theirAnswer = Json.parse(expected.body());
    Object ourAnswer = Json.parse(actual.body());
    if (expected.statusCode() != 200) {
      Object wanted = Json.at(theirAnswer, "errorType");
      Object got = Json.at(ourAnswer, "errorType");
      return wanted.equals(got)
          ? Optional.empty()
          : Optional.of(cut(actual.body()) + ", expected " + cut(expected.body()));
    }
    Answer wanted = Answer.of(Json.at(theirAnswer, "data"), false);
    withSeries += wanted.series().isEmpty() ? 0 : 1;
    withHistograms += expected.body().contains("\"histogram") ? 1 : 0;
    // Sums of version 2 were not compensated; averages of some ten millions are subtracted here.
    double slack = modern ? 1e-12 : 1e-6;
    return wanted.differenceTo(Answer.of(Json.at(ourAnswer, "data"), false), slack);
  }

  /** The smallest question that is found to be answered differently too. */
  Question shrink(Question question, long deadlineNanos) {
    Question smallest = question;
    boolean progress = true;
    while (progress) {
      progress = false;
      for (Question candidate : candidates(smallest)) {
        if (System.nanoTime() > deadlineNanos) {
          return smallest;
        }
        if (difference(candidate).isPresent()) {
          smallest = candidate;
          progress = true;
          break;
        }
      }
    }
    return smallest;
  }

  private static List<Question> candidates(Question question) {
    List<Question> found = new ArrayList<>();
    int steps = question.steps();
    if (steps > 0) {
      for (int step = 0; step <= steps; step++) {
        found.add(question.with(question.startSeconds() + step * question.stepSeconds(), 0));
      }
      if (steps > 1) {
        long half = question.startSeconds() + steps / 2 * question.stepSeconds();
        found.add(question.with(question.startSeconds(), steps / 2));
        found.add(question.with(half, steps - steps / 2));
      }
    }
    question.query().smaller().forEach(node -> found.add(question.with(node)));
    return found;
  }

  private static String cut(String text) {
    return text.length() > 300 ? text.substring(0, 300) + "…" : text;
  }
}
