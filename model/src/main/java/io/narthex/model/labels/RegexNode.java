package io.narthex.model.labels;

import java.util.List;

/** The part of RE2's syntax that is answered without the regex engine. */
sealed interface RegexNode {
  /** Matches the empty text. */
  record Empty() implements RegexNode {}

  /** A text, letter by letter. */
  record Literal(String text) implements RegexNode {}

  /** Any one character: a dot where it includes line ends. */
  record AnyChar() implements RegexNode {}

  /**
   * One character of a class: bits for ASCII. Which others belong to it is left to the engine.
   *
   * @param complete whether there are no others
   */
  record CharClass(long low, long high, boolean complete) implements RegexNode {
    boolean has(int c) {
      return ((c < 64 ? low : high) >>> (c & 63) & 1) != 0;
    }

    int size() {
      return Long.bitCount(low) + Long.bitCount(high);
    }
  }

  record Sequence(List<RegexNode> parts) implements RegexNode {}

  record Choice(List<RegexNode> branches) implements RegexNode {}

  /**
   * @param max -1 for any number
   */
  record Repeat(RegexNode body, int min, int max) implements RegexNode {}
}
