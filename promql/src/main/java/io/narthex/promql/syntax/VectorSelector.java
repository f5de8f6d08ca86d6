package io.narthex.promql.syntax;

import io.narthex.model.labels.Matcher;
import java.util.List;

/**
 * Selects series: {@code name{matchers}}, with its modifiers.
 *
 * @param name the metric name written before the braces, else empty
 * @param matchers all conditions, as written; that on the name before the braces comes last
 * @param offset how far to look back, as written; {@link DurationExpr#ZERO} where there is none
 * @param anchored looks back beyond the range for the sample at its start (range vectors)
 * @param smoothed interpolates at the borders
 */
public record VectorSelector(
    String name,
    List<Matcher> matchers,
    DurationExpr offset,
    AtModifier at,
    boolean anchored,
    boolean smoothed,
    PositionRange position)
    implements Expr {
  public VectorSelector {
    matchers = List.copyOf(matchers);
  }

  @Override
  public ValueType type() {
    return ValueType.VECTOR;
  }

  public VectorSelector withOffset(DurationExpr newOffset) {
    return new VectorSelector(name, matchers, newOffset, at, anchored, smoothed, position);
  }

  public VectorSelector withAt(AtModifier newAt) {
    return new VectorSelector(name, matchers, offset, newAt, anchored, smoothed, position);
  }

  public VectorSelector withMatchers(List<Matcher> newMatchers) {
    return new VectorSelector(name, newMatchers, offset, at, anchored, smoothed, position);
  }

  VectorSelector withPosition(PositionRange newPosition) {
    return new VectorSelector(name, matchers, offset, at, anchored, smoothed, newPosition);
  }

  VectorSelector asAnchored() {
    return new VectorSelector(name, matchers, offset, at, true, smoothed, position);
  }

  VectorSelector asSmoothed() {
    return new VectorSelector(name, matchers, offset, at, anchored, true, position);
  }

  @Override
  public String toString() {
    return Printer.print(this);
  }
}
