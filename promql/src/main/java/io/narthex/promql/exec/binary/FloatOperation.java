package io.narthex.promql.exec.binary;

import io.narthex.promql.syntax.BinaryOperator;

/** Arithmetic and comparison of floats: one loop per operator over whole columns. */
final class FloatOperation {
  private FloatOperation() {}

  /** {@code out[k] = a[k] op b[k]} for arithmetic operators. */
  static void arithmetic(BinaryOperator op, double[] a, double[] b, double[] out, int n) {
    switch (op) {
      case ADD -> {
        for (int k = 0; k < n; k++) {
          out[k] = a[k] + b[k];
        }
      }
      case SUBTRACT -> {
        for (int k = 0; k < n; k++) {
          out[k] = a[k] - b[k];
        }
      }
      case MULTIPLY -> {
        for (int k = 0; k < n; k++) {
          out[k] = a[k] * b[k];
        }
      }
      case DIVIDE -> {
        for (int k = 0; k < n; k++) {
          out[k] = a[k] / b[k];
        }
      }
      case MODULO, POWER, ATAN2 -> {
        for (int k = 0; k < n; k++) {
          out[k] = rare(op, a[k], b[k]);
        }
      }
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
          throw new IllegalStateException("BUG: no arithmetic of floats: " + op);
    }
  }

  /** One arithmetic operation. */
  static double arithmetic(BinaryOperator op, double a, double b) {
    return switch (op) {
      case ADD -> a + b;
      case SUBTRACT -> a - b;
      case MULTIPLY -> a * b;
      case DIVIDE -> a / b;
      case MODULO, POWER, ATAN2 -> rare(op, a, b);
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
          throw new IllegalStateException("BUG: no arithmetic of floats: " + op);
    };
  }

  private static double rare(BinaryOperator op, double a, double b) {
    if (op == BinaryOperator.MODULO) {
      return a % b;
    }
    if (op == BinaryOperator.ATAN2) {
      return Math.atan2(a, b);
    }
    // Unlike Java, Go follows IEEE 754: 1 to any power is 1, also to NaN; (-1)^±Inf is 1.
    if (a == 1 || (a == -1 && Double.isInfinite(b))) {
      return 1;
    }
    return Math.pow(a, b);
  }

  /** Whether {@code a op b} holds, for comparison operators. */
  static boolean holds(BinaryOperator op, double a, double b) {
    return switch (op) {
      case EQUAL -> a == b;
      case NOT_EQUAL -> a != b;
      case LESS -> a < b;
      case LESS_OR_EQUAL -> a <= b;
      case GREATER -> a > b;
      case GREATER_OR_EQUAL -> a >= b;
      case OR,
          AND,
          UNLESS,
          TRIM_UPPER,
          TRIM_LOWER,
          ADD,
          SUBTRACT,
          MULTIPLY,
          DIVIDE,
          MODULO,
          ATAN2,
          POWER ->
          throw new IllegalStateException("BUG: no comparison: " + op);
    };
  }
}
