package io.narthex.promql;

/** A number at the evaluation time, milliseconds since the epoch. */
public record ScalarValue(long timestampMillis, double value) implements Value {
  @Override
  public String typeName() {
    return "scalar";
  }
}
