package io.narthex.model.labels;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Refuses expressions that are valid but would take the engine very long to compile, by one pass
 * over the text: Go has these limits, RE2/J has not. What is not valid at all is left to the
 * engine.
 */
public final class RegexLimits {
  private static final int MAX_DEPTH = 1_000;

  /** Go's limit for repetitions within repetitions. */
  private static final int MAX_REPEAT = 1_000;

  /** Instructions; what compiles in well under a second. */
  private static final long MAX_SIZE = 500_000;

  /**
   * A part of the expression.
   *
   * @param size instructions
   * @param repeat how often its innermost part is repeated at most
   */
  private record Part(long size, long repeat) {
    static final Part NOTHING = new Part(0, 1);
    static final Part CHARACTER = new Part(1, 1);

    Part and(Part next) {
      return new Part(size + next.size, Math.max(repeat, next.repeat));
    }
  }

  private final String source;
  private final Deque<Part> outer = new ArrayDeque<>();

  /** What stands in the innermost group before the last atom, and that atom. */
  private Part before = Part.NOTHING;

  private Part atom = Part.NOTHING;

  private RegexLimits(String source) {
    this.source = source;
  }

  /**
   * @throws IllegalArgumentException with Go's message
   */
  public static void check(String source) {
    new RegexLimits(source).check();
  }

  private void check() {
    int at = 0;
    while (at < source.length()) {
      at = step(at);
    }
    endAtom();
  }

  /** Reads what begins at an index; returns where the next begins. */
  private int step(int at) {
    switch (source.charAt(at)) {
      case '\\' -> {
        next(Part.CHARACTER);
        return source.startsWith("\\Q", at) ? quoted(at + 2) : at + 2;
      }
      case '[' -> {
        next(Part.CHARACTER);
        return afterClass(at + 1);
      }
      case '(' -> {
        endAtom();
        outer.push(before);
        before = Part.NOTHING;
        if (outer.size() > MAX_DEPTH) {
          throw refused("expression nests too deeply", source);
        }
        return at + 1;
      }
      case ')' -> {
        endAtom();
        atom = before;
        before = outer.isEmpty() ? Part.NOTHING : outer.pop();
        return at + 1;
      }
      case '{' -> {
        return repetition(at);
      }
      case '*', '+', '?', '|' -> {
        atom = new Part(atom.size + 1, atom.repeat);
        return at + 1;
      }
      default -> {
        next(Part.CHARACTER);
        return at + 1;
      }
    }
  }

  private void next(Part part) {
    endAtom();
    atom = part;
  }

  private void endAtom() {
    before = before.and(atom);
    atom = Part.NOTHING;
    if (before.size > MAX_SIZE) {
      throw refused("expression too large", source);
    }
  }

  private int quoted(int from) {
    int end = source.indexOf("\\E", from);
    int to = end < 0 ? source.length() : end;
    next(new Part(to - from, 1));
    return end < 0 ? to : end + 2;
  }

  private int afterClass(int from) {
    int at = source.startsWith("^", from) ? from + 1 : from;
    // A bracket that comes first is a character of the class.
    at = source.startsWith("]", at) ? at + 1 : at;
    while (at < source.length() && source.charAt(at) != ']') {
      if (source.startsWith("[:", at) && source.indexOf(":]", at) >= 0) {
        at = source.indexOf(":]", at) + 2;
      } else {
        at += source.charAt(at) == '\\' ? 2 : 1;
      }
    }
    return at + 1;
  }

  /** {@code {3}}, {@code {3,}} or {@code {3,5}}; other braces stand for themselves. */
  private int repetition(int at) {
    int close = source.indexOf('}', at);
    int comma = source.indexOf(',', at);
    boolean range = comma > 0 && comma < close;
    int min = close < 0 ? -1 : number(at + 1, range ? comma : close);
    int max = range ? (comma + 1 == close ? -1 : number(comma + 1, close)) : min;
    if (min < 0 || (range && comma + 1 < close && max < 0)) {
      next(Part.CHARACTER);
      return at + 1;
    }
    int times = max < 0 ? min : max;
    long repeat = atom.repeat * Math.max(1, times);
    if ((min >= 2 || max >= 2) && repeat > MAX_REPEAT) {
      throw refused("invalid repeat count", source.substring(at, close + 1));
    }
    atom = new Part(atom.size * (max < 0 ? min + 1L : max) + 1, repeat);
    return close + 1;
  }

  /** The number that a part of the text is, -1 where it is none. */
  private int number(int from, int to) {
    if (from >= to || to - from > 4) {
      return -1;
    }
    int number = 0;
    for (int i = from; i < to; i++) {
      char c = source.charAt(i);
      if (c < '0' || c > '9') {
        return -1;
      }
      number = 10 * number + (c - '0');
    }
    return number;
  }

  private static IllegalArgumentException refused(String why, String part) {
    return new IllegalArgumentException("error parsing regexp: " + why + ": `" + part + "`");
  }
}
