package io.narthex.promql.syntax;

/**
 * Which experimental parts of the language are allowed.
 *
 * @param experimentalFunctions {@code promql-experimental-functions}
 * @param durationExpressions {@code promql-duration-expr}
 * @param extendedRangeSelectors {@code promql-extended-range-selectors}: anchored and smoothed
 * @param binopFillModifiers {@code promql-binop-fill-modifiers}
 */
public record ParserFeatures(
    boolean experimentalFunctions,
    boolean durationExpressions,
    boolean extendedRangeSelectors,
    boolean binopFillModifiers) {
  public static final ParserFeatures STABLE = new ParserFeatures(false, false, false, false);
  public static final ParserFeatures ALL = new ParserFeatures(true, true, true, true);
}
