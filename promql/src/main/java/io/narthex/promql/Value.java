package io.narthex.promql;

/** What a query evaluates to. */
public sealed interface Value permits ScalarValue, StringValue, VectorValue, MatrixValue {
  /** The name of the type in the HTTP API: scalar, string, vector or matrix. */
  String typeName();
}
