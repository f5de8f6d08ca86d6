package io.narthex.promql.exec;

import io.narthex.promql.function.Column;
import java.util.Arrays;
import java.util.Objects;

/** Columns that an operator holds. */
public final class Columns {
  private Columns() {}

  /** Their size; entries may be null. */
  public static long bytes(Column... columns) {
    return bytes(Arrays.asList(columns));
  }

  public static long bytes(Iterable<Column> columns) {
    long bytes = 0;
    for (Column column : columns) {
      bytes += Objects.isNull(column) ? 0 : column.bytes();
    }
    return bytes;
  }
}
