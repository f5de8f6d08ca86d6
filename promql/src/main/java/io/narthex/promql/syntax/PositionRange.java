package io.narthex.promql.syntax;

/**
 * Where something stands in the text of a query.
 *
 * @param start first byte (of the UTF-8 form), from 0
 * @param end byte after the last
 */
public record PositionRange(int start, int end) {
  public static final PositionRange NONE = new PositionRange(0, 0);

  /** From the start of this range to the end of another. */
  PositionRange to(PositionRange last) {
    return new PositionRange(start, last.end);
  }

  PositionRange withEnd(int newEnd) {
    return new PositionRange(start, newEnd);
  }

  PositionRange withStart(int newStart) {
    return new PositionRange(newStart, end);
  }
}
