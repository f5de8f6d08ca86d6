package io.narthex.promql;

import java.util.List;

/** Series over time, sorted by labels. */
public record MatrixValue(List<MatrixSeries> series) implements Value {
  public MatrixValue {
    series = List.copyOf(series);
  }

  @Override
  public String typeName() {
    return "matrix";
  }
}
