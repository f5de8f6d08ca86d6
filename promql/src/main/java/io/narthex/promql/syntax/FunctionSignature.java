package io.narthex.promql.syntax;

import java.util.List;

/**
 * What a function takes and yields.
 *
 * @param argumentTypes types in order; with {@code variadic} the last one stands for all that
 *     follow
 * @param variadic 0: exactly these arguments; n &gt; 0: the last may be left out or repeated, up to
 *     n of it; -1: left out or repeated without limit
 * @param experimental needs the feature {@code promql-experimental-functions}
 */
public record FunctionSignature(
    String name,
    List<ValueType> argumentTypes,
    int variadic,
    ValueType returnType,
    boolean experimental) {
  public FunctionSignature {
    argumentTypes = List.copyOf(argumentTypes);
  }

  /** Fewest arguments allowed. */
  public int minArguments() {
    return variadic == 0 ? argumentTypes.size() : argumentTypes.size() - 1;
  }

  /** Most arguments allowed. */
  public int maxArguments() {
    return variadic < 0 ? Integer.MAX_VALUE : minArguments() + variadic;
  }

  /** The type that the argument at the position must have. */
  ValueType argumentType(int position) {
    return argumentTypes.get(Math.min(position, argumentTypes.size() - 1));
  }
}
