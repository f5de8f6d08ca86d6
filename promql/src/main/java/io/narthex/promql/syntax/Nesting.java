package io.narthex.promql.syntax;

/** Bounds how deep a query nests, since all that walks its tree recurses. */
final class Nesting {
  /** Longest chain of operators in a duration; expressions have chains without limit. */
  private static final int MAX_DURATION_CHAIN = 1_000;

  private final int limit;
  private int depth;

  Nesting(int limit) {
    this.limit = limit;
  }

  void enter(TokenStream tokens) throws ParseException {
    if (++depth > limit) {
      throw tokens.fail(tokens.position(), "expression nests more than " + limit + " levels deep");
    }
  }

  void leave() {
    depth--;
  }

  /** Whether the limit was the reason to fail. */
  boolean exceeded() {
    return depth > limit;
  }

  void checkChain(TokenStream tokens, int length) throws ParseException {
    if (length >= MAX_DURATION_CHAIN) {
      throw tokens.fail(
          tokens.position(),
          "duration expression has more than " + MAX_DURATION_CHAIN + " operators in a row");
    }
  }
}
