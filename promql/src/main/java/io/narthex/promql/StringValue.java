package io.narthex.promql;

/** A string literal at the evaluation time, milliseconds since the epoch. */
public record StringValue(long timestampMillis, String value) implements Value {
  @Override
  public String typeName() {
    return "string";
  }
}
