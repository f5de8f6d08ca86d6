package io.narthex.promqltest;

import com.google.re2j.Pattern;
import io.narthex.model.labels.Labels;
import io.narthex.promql.syntax.SequenceValue;
import java.util.List;

/** What an evaluation is expected to yield. */
public final class Expectation {
  private Expectation() {}

  /** What an {@code expect} line is about. */
  public enum Kind {
    FAIL("fail"),
    WARN("warn"),
    NO_WARN("no_warn"),
    INFO("info"),
    NO_INFO("no_info"),
    ORDERED("ordered");

    private final String text;

    Kind(String text) {
      this.text = text;
    }

    /** As in a script. */
    public String text() {
      return text;
    }
  }

  /** An {@code expect} line. */
  public record Note(Kind kind, Text text) {
    boolean matches(String actual) {
      return text.matches(actual);
    }
  }

  /** What the text of an error or annotation must be. */
  public sealed interface Text {
    boolean matches(String actual);

    /** Anything. */
    record Any() implements Text {
      @Override
      public boolean matches(String actual) {
        return true;
      }

      @Override
      public String toString() {
        return "any text";
      }
    }

    /** Just this. */
    record Exact(String text) implements Text {
      @Override
      public boolean matches(String actual) {
        return actual.equals(text);
      }

      @Override
      public String toString() {
        return text;
      }
    }

    /** Something that contains a match of an RE2 expression. */
    record Regex(Pattern pattern) implements Text {
      @Override
      public boolean matches(String actual) {
        return pattern.matcher(actual).find();
      }

      @Override
      public String toString() {
        return "/" + pattern.pattern() + "/";
      }
    }
  }

  /** The expected value of a query. */
  public sealed interface Result {
    /** A number. */
    record Scalar(double value) implements Result {}

    /** A string. */
    record Text(String value) implements Result {}

    /** Series in the order of the script: one value each, or for range queries one per step. */
    record Vector(List<Series> series) implements Result {
      public Vector {
        series = List.copyOf(series);
      }
    }

    /**
     * A range vector as the answer to an instant query; its values stand at start, start + step.
     */
    record RangeVector(Evaluation.Time.Range time, List<Series> series) implements Result {
      public RangeVector {
        series = List.copyOf(series);
      }
    }
  }

  /** An expected series. */
  public record Series(Labels labels, List<SequenceValue> values) {
    public Series {
      values = List.copyOf(values);
    }
  }
}
