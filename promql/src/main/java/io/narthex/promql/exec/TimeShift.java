package io.narthex.promql.exec;

import java.util.OptionalLong;

/**
 * Where a selector looks, seen from the evaluation time: some time back, or at a fixed time.
 *
 * @param offsetMillis how far back; negative looks ahead
 * @param at the time that {@code @} fixes, milliseconds since the epoch
 */
public record TimeShift(long offsetMillis, OptionalLong at) {
  public static final TimeShift NONE = new TimeShift(0, OptionalLong.empty());

  /** This shift inside a subquery that is shifted itself. */
  public TimeShift within(TimeShift subquery) {
    return isFixed() ? this : new TimeShift(offsetMillis + subquery.offsetMillis, subquery.at);
  }

  public boolean isFixed() {
    return at.isPresent();
  }

  /** The time looked at from the first step. */
  public long first(Grid grid) {
    return at.orElse(grid.start()) - offsetMillis;
  }

  /** The time looked at from the last step. */
  public long last(Grid grid) {
    return at.orElse(grid.end()) - offsetMillis;
  }

  /** How far the time looked at moves from step to step. */
  public long step(Grid grid) {
    return isFixed() ? 0 : grid.step();
  }
}
