package io.narthex.promql.exec.binary;

import io.narthex.model.histogram.CounterResetHint;
import io.narthex.model.histogram.FloatHistogram;
import io.narthex.model.histogram.HistogramSum;
import io.narthex.promql.function.Column;
import io.narthex.promql.function.HistogramTrim;
import io.narthex.promql.syntax.BinaryOperator;
import org.jspecify.annotations.Nullable;

/** Binary operators with a native histogram on at least one side. */
final class HistogramOperation {
  private HistogramOperation() {}

  static void combine(
      PairOperation operation,
      double a,
      @Nullable FloatHistogram x,
      double b,
      @Nullable FloatHistogram y,
      Column out,
      int k,
      boolean keepRight) {
    if (x != null && y != null) {
      both(operation, x, y, out, k);
    } else if (x != null) {
      left(operation, x, b, out, k);
    } else if (y != null) {
      if (operation.operator() == BinaryOperator.MULTIPLY) {
        out.set(k, y.multipliedBy(a));
      } else {
        operation.incompatible("float", "histogram");
      }
    }
  }

  private static void left(PairOperation operation, FloatHistogram x, double b, Column out, int k) {
    switch (operation.operator()) {
      case MULTIPLY -> out.set(k, x.multipliedBy(b));
      case DIVIDE -> out.set(k, HistogramSum.of(x).divide(b).toHistogram());
      case TRIM_UPPER -> out.set(k, HistogramTrim.upper(x, b));
      case TRIM_LOWER -> out.set(k, HistogramTrim.lower(x, b));
      case OR,
          AND,
          UNLESS,
          EQUAL,
          NOT_EQUAL,
          LESS,
          LESS_OR_EQUAL,
          GREATER,
          GREATER_OR_EQUAL,
          ADD,
          SUBTRACT,
          MODULO,
          ATAN2,
          POWER ->
          operation.incompatible("histogram", "float");
    }
  }

  private static void both(
      PairOperation operation, FloatHistogram x, FloatHistogram y, Column out, int k) {
    switch (operation.operator()) {
      case ADD -> sum(operation, x, y, out, k, true);
      case SUBTRACT -> sum(operation, x, y, out, k, false);
      case EQUAL -> compare(operation, x, x.matches(y), out, k);
      case NOT_EQUAL -> compare(operation, x, !x.matches(y), out, k);
      case OR,
          AND,
          UNLESS,
          LESS,
          LESS_OR_EQUAL,
          GREATER,
          GREATER_OR_EQUAL,
          MULTIPLY,
          DIVIDE,
          MODULO,
          ATAN2,
          POWER,
          TRIM_UPPER,
          TRIM_LOWER ->
          operation.incompatible("histogram", "histogram");
    }
  }

  private static void compare(
      PairOperation operation, FloatHistogram x, boolean holds, Column out, int k) {
    if (operation.returnBool()) {
      out.set(k, holds ? 1 : 0);
    } else if (holds) {
      out.set(k, x);
    }
  }

  private static void sum(
      PairOperation operation,
      FloatHistogram x,
      FloatHistogram y,
      Column out,
      int k,
      boolean addition) {
    HistogramSum result = HistogramSum.of(x);
    boolean fits = addition ? result.add(y) : result.subtract(y);
    if (!fits) {
      operation.incompatibleBuckets();
      return;
    }
    if (!addition) {
      result.counterResetHint(CounterResetHint.GAUGE);
    }
    if (result.reconciled()) {
      operation.reconciled(addition);
    }
    if (result.resetCollision()) {
      operation.resetCollision(addition);
    }
    out.set(k, result.toHistogram());
  }
}
