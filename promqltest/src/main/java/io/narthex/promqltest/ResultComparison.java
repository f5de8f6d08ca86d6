package io.narthex.promqltest;

import io.narthex.model.histogram.FloatHistogram;
import io.narthex.model.labels.Labels;
import io.narthex.model.value.GoFloat;
import io.narthex.promql.MatrixSeries;
import io.narthex.promql.MatrixValue;
import io.narthex.promql.ScalarValue;
import io.narthex.promql.StringValue;
import io.narthex.promql.Value;
import io.narthex.promql.VectorValue;
import io.narthex.promql.syntax.HistogramNotation;
import io.narthex.promql.syntax.SequenceValue;
import io.narthex.promql.syntax.SequenceValue.FloatValue;
import io.narthex.promql.syntax.SequenceValue.HistogramValue;
import io.narthex.promqltest.Evaluation.Time;
import io.narthex.promqltest.Expectation.Result;
import io.narthex.promqltest.Expectation.Series;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Compares the value of a query with the expected one and says what differs. */
final class ResultComparison {
  private final Result expected;
  private final boolean ordered;
  private final Map<Labels, Integer> places = new HashMap<>();
  private final List<Series> series;

  /**
   * @param ordered whether the elements of an instant vector must come in the order of the script
   */
  ResultComparison(Result expected, boolean ordered) {
    this.expected = expected;
    this.ordered = ordered;
    this.series =
        switch (expected) {
          case Result.Vector vector -> vector.series();
          case Result.RangeVector vector -> vector.series();
          case Result.Scalar _, Result.Text _ -> List.of();
        };
    for (int i = 0; i < series.size(); i++) {
      places.put(series.get(i).labels(), i);
    }
  }

  /**
   * The first difference.
   *
   * @param time when the query was evaluated
   */
  Optional<String> difference(Value actual, Time time) {
    return switch (actual) {
      case ScalarValue scalar -> scalar(scalar.value());
      case StringValue string -> string(string.value());
      case VectorValue vector -> vector(vector);
      case MatrixValue matrix -> matrix(matrix, time);
    };
  }

  private Optional<String> wrongType(Value actual) {
    return Optional.of("expected " + expectedType() + ", got " + actual.typeName());
  }

  private String expectedType() {
    return switch (expected) {
      case Result.Scalar _ -> "scalar";
      case Result.Text _ -> "string";
      case Result.Vector _ -> "vector";
      case Result.RangeVector _ -> "matrix";
    };
  }

  Optional<String> scalar(double actual) {
    if (!(expected instanceof Result.Scalar(double value))) {
      return Optional.of("expected " + expectedType() + ", got scalar " + GoFloat.shortest(actual));
    }
    return Tolerance.equal(value, actual)
        ? Optional.empty()
        : Optional.of("expected " + GoFloat.shortest(value) + ", got " + GoFloat.shortest(actual));
  }

  private Optional<String> string(String actual) {
    if (!(expected instanceof Result.Text(String value))) {
      return Optional.of("expected " + expectedType() + ", got string \"" + actual + "\"");
    }
    return value.equals(actual)
        ? Optional.empty()
        : Optional.of("expected string \"" + value + "\", got \"" + actual + "\"");
  }

  private Optional<String> vector(VectorValue actual) {
    if (!(expected instanceof Result.Vector)) {
      return wrongType(actual);
    }
    Set<Labels> seen = new HashSet<>();
    for (int i = 0; i < actual.size(); i++) {
      Optional<FloatHistogram> histogram =
          actual.isHistogram(i) ? Optional.of(actual.histogram(i)) : Optional.empty();
      Optional<String> difference = element(i, actual.labels(i), actual.value(i), histogram);
      if (difference.isPresent()) {
        return difference;
      }
      if (!seen.add(actual.labels(i))) {
        return Optional.of(actual.labels(i) + " occurs twice");
      }
    }
    return missing(seen);
  }

  private Optional<String> element(
      int position, Labels labels, double value, Optional<FloatHistogram> histogram) {
    String got = labels + " " + text(value, histogram);
    Integer place = places.get(labels);
    if (place == null) {
      return Optional.of("unexpected " + got + "; expected " + describe());
    }
    if (ordered && place != position) {
      return Optional.of(
          "expected " + labels + " at position " + (place + 1) + ", got it at " + (position + 1));
    }
    return value(series.get(place), 0, value, histogram)
        .map(wanted -> "expected " + labels + " " + wanted + ", got " + text(value, histogram));
  }

  /** Nothing where the value is the expected one, else the expected one. */
  private static Optional<String> value(
      Series series, int i, double value, Optional<FloatHistogram> histogram) {
    SequenceValue wanted = i < series.values().size() ? series.values().get(i) : SequenceValue.GAP;
    boolean same =
        switch (wanted) {
          case SequenceValue.Gap _ -> false;
          case FloatValue(double number) -> histogram.isEmpty() && Tolerance.equal(number, value);
          case HistogramValue(FloatHistogram expectedHistogram, boolean hintWritten) ->
              histogram.isPresent()
                  && HistogramComparison.equal(expectedHistogram, histogram.get(), hintWritten);
        };
    return same ? Optional.empty() : Optional.of(text(wanted));
  }

  private Optional<String> missing(Set<Labels> seen) {
    for (Series each : series) {
      if (!seen.contains(each.labels())) {
        return Optional.of("expected " + describe(each) + ", got no such series");
      }
    }
    return Optional.empty();
  }

  private Optional<String> matrix(MatrixValue actual, Time time) {
    if (ordered) {
      return Optional.of("expected an ordered vector, got matrix");
    }
    Time.Range range;
    if (expected instanceof Result.RangeVector vector) {
      range = vector.time();
    } else if (expected instanceof Result.Vector && time instanceof Time.Range asked) {
      range = asked;
    } else {
      return wrongType(actual);
    }
    Set<Labels> seen = new HashSet<>();
    for (int i = 0; i < actual.series().size(); i++) {
      MatrixSeries got = actual.series().get(i);
      Optional<String> difference = series(got, range);
      if (difference.isPresent()) {
        return difference;
      }
      seen.add(got.labels());
    }
    return unsorted(actual).or(() -> missing(seen));
  }

  /** The first two series that are out of order, or alike. */
  static Optional<String> unsorted(MatrixValue matrix) {
    for (int i = 1; i < matrix.series().size(); i++) {
      Labels before = matrix.series().get(i - 1).labels();
      Labels labels = matrix.series().get(i).labels();
      if (before.compareTo(labels) >= 0) {
        return Optional.of("matrix is not sorted: " + before + " stands before " + labels);
      }
    }
    return Optional.empty();
  }

  private Optional<String> series(MatrixSeries got, Time.Range range) {
    Integer place = places.get(got.labels());
    if (place == null) {
      return Optional.of(
          "unexpected " + got.labels() + " " + text(got) + "; expected " + describe());
    }
    Series wanted = series.get(place);
    int sample = 0;
    for (int i = 0; i < wanted.values().size(); i++) {
      if (wanted.values().get(i) instanceof SequenceValue.Gap) {
        continue;
      }
      long time = range.startMillis() + i * range.stepMillis();
      boolean there = sample < got.size() && got.timestampMillis(sample) == time;
      if (time > range.endMillis() || !there || value(wanted, i, got, sample).isPresent()) {
        return Optional.of(
            "expected " + describe(wanted) + ", differs at " + time + " ms, got " + text(got));
      }
      sample++;
    }
    return sample == got.size()
        ? Optional.empty()
        : Optional.of("expected " + describe(wanted) + ", got more: " + text(got));
  }

  private static Optional<String> value(Series wanted, int i, MatrixSeries got, int sample) {
    return value(wanted, i, got.value(sample), histogram(got, sample));
  }

  private static Optional<FloatHistogram> histogram(MatrixSeries got, int sample) {
    return got.isHistogram(sample) ? Optional.of(got.histogram(sample)) : Optional.empty();
  }

  private String describe() {
    return series.isEmpty() ? "nothing" : "only " + series.stream().map(this::describe).toList();
  }

  private String describe(Series wanted) {
    StringBuilder out = new StringBuilder(wanted.labels().toString());
    for (SequenceValue value : wanted.values()) {
      out.append(' ').append(text(value));
    }
    return out.toString();
  }

  private static String text(MatrixSeries got) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < got.size(); i++) {
      out.append(i == 0 ? "" : " ").append(text(got.value(i), histogram(got, i)));
      out.append('@').append(got.timestampMillis(i));
    }
    return out.toString();
  }

  private static String text(SequenceValue value) {
    return switch (value) {
      case SequenceValue.Gap _ -> "_";
      case FloatValue(double number) -> GoFloat.shortest(number);
      case HistogramValue(FloatHistogram histogram, _) -> HistogramNotation.print(histogram);
    };
  }

  private static String text(double value, Optional<FloatHistogram> histogram) {
    return histogram.map(HistogramNotation::print).orElseGet(() -> GoFloat.shortest(value));
  }
}
