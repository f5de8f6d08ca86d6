package io.narthex.promql.exec.binary;

import io.narthex.model.histogram.FloatHistogram;
import io.narthex.promql.Annotations;
import io.narthex.promql.function.Column;
import io.narthex.promql.syntax.BinaryOperator;
import io.narthex.promql.syntax.PositionRange;
import org.jspecify.annotations.Nullable;

/**
 * What a binary operator makes of two columns, floats or histograms. Comparisons filter, or yield 0
 * and 1 with {@code bool}.
 */
final class PairOperation {
  private final BinaryOperator operator;
  private final boolean returnBool;
  private final Annotations annotations;
  private final PositionRange position;

  PairOperation(
      BinaryOperator operator,
      boolean returnBool,
      Annotations annotations,
      PositionRange position) {
    this.operator = operator;
    this.returnBool = returnBool;
    this.annotations = annotations;
    this.position = position;
  }

  BinaryOperator operator() {
    return operator;
  }

  boolean returnBool() {
    return returnBool;
  }

  /** Whether the result is a new metric, so that the name goes at once. */
  boolean changesMetric() {
    return switch (operator) {
      case ADD, SUBTRACT, MULTIPLY, DIVIDE, MODULO, POWER, ATAN2 -> true;
      case OR,
          AND,
          UNLESS,
          EQUAL,
          NOT_EQUAL,
          LESS,
          LESS_OR_EQUAL,
          GREATER,
          GREATER_OR_EQUAL,
          TRIM_UPPER,
          TRIM_LOWER ->
          false;
    };
  }

  /**
   * Combines where both columns have a sample. {@code out} may be one of the inputs.
   *
   * @param keepRight whether a filtering comparison passes on the right side's samples
   */
  void apply(Column left, Column right, Column out, boolean keepRight) {
    if (left.histograms != null || right.histograms != null || isTrim()) {
      applyMixed(left, right, out, keepRight);
      return;
    }
    for (int w = 0; w < out.present.length; w++) {
      out.present[w] = left.present[w] & right.present[w];
    }
    out.histograms = null;
    if (!operator.isComparison()) {
      FloatOperation.arithmetic(operator, left.values, right.values, out.values, out.steps);
      return;
    }
    for (int w = 0; w < out.present.length; w++) {
      for (long bits = out.present[w]; bits != 0; bits &= bits - 1) {
        int k = (w << 6) + Long.numberOfTrailingZeros(bits);
        boolean holds = FloatOperation.holds(operator, left.values[k], right.values[k]);
        if (returnBool) {
          out.values[k] = holds ? 1 : 0;
        } else if (holds) {
          out.values[k] = keepRight ? right.values[k] : left.values[k];
        } else {
          out.present[w] &= ~(1L << k);
        }
      }
    }
  }

  private boolean isTrim() {
    return operator == BinaryOperator.TRIM_UPPER || operator == BinaryOperator.TRIM_LOWER;
  }

  private void applyMixed(Column left, Column right, Column out, boolean keepRight) {
    for (int k = 0; k < out.steps; k++) {
      boolean both = left.has(k) && right.has(k);
      double a = left.values[k];
      double b = right.values[k];
      FloatHistogram x = left.histogram(k);
      FloatHistogram y = right.histogram(k);
      out.remove(k);
      if (both) {
        combine(a, x, b, y, out, k, keepRight);
      }
    }
    if (out.histograms != null && isWithoutHistograms(out)) {
      out.histograms = null;
    }
  }

  private static boolean isWithoutHistograms(Column column) {
    for (int k = 0; k < column.steps; k++) {
      if (column.histogram(k) != null) {
        return false;
      }
    }
    return true;
  }

  /** Combines two samples; a histogram that is not null is the sample. */
  void combine(
      double a,
      @Nullable FloatHistogram x,
      double b,
      @Nullable FloatHistogram y,
      Column out,
      int k,
      boolean keepRight) {
    if (x == null && y == null) {
      floats(a, b, out, k, keepRight);
    } else {
      HistogramOperation.combine(this, a, x, b, y, out, k, keepRight);
    }
  }

  private void floats(double a, double b, Column out, int k, boolean keepRight) {
    if (isTrim()) {
      incompatible("float", "float");
    } else if (!operator.isComparison()) {
      out.set(k, FloatOperation.arithmetic(operator, a, b));
    } else if (returnBool) {
      out.set(k, FloatOperation.holds(operator, a, b) ? 1 : 0);
    } else if (FloatOperation.holds(operator, a, b)) {
      out.set(k, keepRight ? b : a);
    }
  }

  void incompatible(String left, String right) {
    annotations.info(
        "incompatible sample types encountered for binary operator \""
            + operator.symbol()
            + "\": "
            + left
            + " "
            + operator.symbol()
            + " "
            + right,
        position);
  }

  void incompatibleBuckets() {
    annotations.warning(
        "incompatible bucket layout encountered for binary operator " + operator.symbol(),
        position);
  }

  void reconciled(boolean addition) {
    annotations.info(
        "mismatched custom buckets were reconciled during "
            + (addition ? "addition" : "subtraction"),
        position);
  }

  void resetCollision(boolean addition) {
    annotations.warning(
        "conflicting counter resets during histogram " + (addition ? "addition" : "subtraction"),
        position);
  }
}
