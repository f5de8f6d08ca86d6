package io.narthex.promql.syntax;

/**
 * The time that {@code @} fixes a selector or subquery to.
 *
 * @param timestampMillis milliseconds since the epoch where the kind is {@code TIMESTAMP}, else 0
 */
public record AtModifier(Kind kind, long timestampMillis) {
  /** What stands behind the {@code @}. */
  public enum Kind {
    /** No modifier: the evaluation time. */
    NONE,
    TIMESTAMP,
    /** {@code start()}: the first evaluation time of the query. */
    START,
    /** {@code end()}: the last evaluation time of the query. */
    END
  }

  public static final AtModifier NONE = new AtModifier(Kind.NONE, 0);
  public static final AtModifier START = new AtModifier(Kind.START, 0);
  public static final AtModifier END = new AtModifier(Kind.END, 0);

  public static AtModifier timestamp(long millis) {
    return new AtModifier(Kind.TIMESTAMP, millis);
  }

  public boolean isPresent() {
    return kind != Kind.NONE;
  }
}
