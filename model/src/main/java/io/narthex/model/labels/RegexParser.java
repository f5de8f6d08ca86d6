package io.narthex.model.labels;

import io.narthex.model.labels.RegexNode.AnyChar;
import io.narthex.model.labels.RegexNode.CharClass;
import io.narthex.model.labels.RegexNode.Choice;
import io.narthex.model.labels.RegexNode.Empty;
import io.narthex.model.labels.RegexNode.Literal;
import io.narthex.model.labels.RegexNode.Repeat;
import io.narthex.model.labels.RegexNode.Sequence;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads the common part of RE2's syntax: literals, dots, classes, groups, alternation, repetition,
 * case-insensitivity, anchors at the ends. Where an expression has anything else, there is no
 * result, and the regex engine has to do. Expressions must be valid.
 */
final class RegexParser {
  /** Something that is left to the engine. */
  private static final class Unsupported extends RuntimeException {
    private static final long serialVersionUID = 1;

    Unsupported() {
      super(null, null, false, false);
    }
  }

  private static final int MAX_DEPTH = 50;
  private static final int MAX_REPEAT = 100;

  private final String source;
  private int at;
  private int depth;
  private boolean foldCase;
  private boolean dotAll = true;

  private RegexParser(String source) {
    this.source = source;
  }

  static Optional<RegexNode> parse(String source) {
    RegexParser parser = new RegexParser(source);
    try {
      RegexNode node = parser.choice(true, true);
      return parser.at == source.length() ? Optional.of(node) : Optional.empty();
    } catch (Unsupported e) {
      return Optional.empty();
    }
  }

  /**
   * @param first whether this stands at the start of the text, so that {@code ^} says nothing
   * @param last whether this stands at its end
   */
  private RegexNode choice(boolean first, boolean last) {
    if (++depth > MAX_DEPTH) {
      throw new Unsupported();
    }
    boolean outerFold = foldCase;
    boolean outerDotAll = dotAll;
    List<RegexNode> branches = new ArrayList<>();
    branches.add(sequence(first, last));
    while (at < source.length() && source.charAt(at) == '|') {
      at++;
      branches.add(sequence(first, last));
    }
    foldCase = outerFold;
    dotAll = outerDotAll;
    depth--;
    return branches.size() == 1 ? branches.getFirst() : new Choice(branches);
  }

  private RegexNode sequence(boolean first, boolean last) {
    List<RegexNode> parts = new ArrayList<>();
    boolean ended = false;
    while (at < source.length() && source.charAt(at) != '|' && source.charAt(at) != ')') {
      if (ended) {
        throw new Unsupported();
      }
      char c = source.charAt(at);
      if (c == '^' && first && parts.isEmpty()) {
        at++;
      } else if (c == '$' && last) {
        at++;
        ended = true;
      } else {
        RegexNode atom = atom();
        add(parts, repeated(atom));
      }
    }
    return parts.isEmpty()
        ? new Empty()
        : parts.size() == 1 ? parts.getFirst() : new Sequence(parts);
  }

  /** Adds a part; literals that follow each other become one. */
  private static void add(List<RegexNode> parts, RegexNode part) {
    if (part instanceof Empty) {
      return;
    }
    if (part instanceof Literal next
        && !parts.isEmpty()
        && parts.getLast() instanceof Literal before) {
      parts.set(parts.size() - 1, new Literal(before.text() + next.text()));
    } else if (part instanceof Sequence sequence) {
      sequence.parts().forEach(each -> add(parts, each));
    } else {
      parts.add(part);
    }
  }

  private RegexNode atom() {
    char c = source.charAt(at);
    return switch (c) {
      case '.' -> {
        at++;
        if (!dotAll) {
          throw new Unsupported();
        }
        yield new AnyChar();
      }
      case '(' -> group();
      case '[' -> charClass();
      case '\\' -> escape();
      case '^', '$', '*', '+', '?' -> throw new Unsupported();
      default -> {
        int codePoint = source.codePointAt(at);
        at += Character.charCount(codePoint);
        yield literal(codePoint);
      }
    };
  }

  private RegexNode literal(int codePoint) {
    if (!foldCase || Character.toLowerCase(codePoint) == Character.toUpperCase(codePoint)) {
      // A caseless character may still fold to others where it is not ASCII.
      if (foldCase && codePoint >= 128) {
        throw new Unsupported();
      }
      return new Literal(Character.toString(codePoint));
    }
    if (codePoint >= 128) {
      throw new Unsupported();
    }
    Bits bits = new Bits();
    bits.add(codePoint, codePoint, true);
    return bits.node(false, false);
  }

  private RegexNode group() {
    boolean outerFold = foldCase;
    boolean outerDotAll = dotAll;
    at++;
    if (at < source.length() && source.charAt(at) == '?') {
      at++;
      if (source.startsWith("P<", at) || source.startsWith("<", at)) {
        at = source.indexOf('>', at) + 1;
      } else if (flags()) {
        // Flags without a group hold up to the end of the group around.
        return new Empty();
      }
    }
    // Anchors inside of groups are rare and left to the engine.
    RegexNode body = choice(false, false);
    if (at >= source.length() || source.charAt(at) != ')') {
      throw new Unsupported();
    }
    at++;
    foldCase = outerFold;
    dotAll = outerDotAll;
    return body;
  }

  /** Reads flags; true where they end with a parenthesis and not with a colon. */
  private boolean flags() {
    boolean on = true;
    while (at < source.length()) {
      char c = source.charAt(at++);
      switch (c) {
        case '-' -> on = false;
        case 'i' -> foldCase = on;
        case 's' -> dotAll = on;
        case ':' -> {
          return false;
        }
        case ')' -> {
          return true;
        }
        default -> throw new Unsupported();
      }
    }
    throw new Unsupported();
  }

  private RegexNode repeated(RegexNode atom) {
    RegexNode node = atom;
    while (at < source.length()) {
      int min;
      int max;
      switch (source.charAt(at)) {
        case '*' -> {
          min = 0;
          max = -1;
        }
        case '+' -> {
          min = 1;
          max = -1;
        }
        case '?' -> {
          min = 0;
          max = 1;
        }
        case '{' -> {
          int close = source.indexOf('}', at);
          String range = close < 0 ? "" : source.substring(at + 1, close);
          if (!range.matches("\\d{1,3}(,(\\d{1,3})?)?")) {
            // A brace that starts no repetition stands for itself, which is rare enough.
            throw new Unsupported();
          }
          String[] ends = range.split(",", -1);
          min = Integer.parseInt(ends[0]);
          max = ends.length == 1 ? min : ends[1].isEmpty() ? -1 : Integer.parseInt(ends[1]);
          at = close;
        }
        default -> {
          return node;
        }
      }
      at++;
      // How greedy a repetition is makes no difference for the match of a whole text.
      if (at < source.length() && source.charAt(at) == '?') {
        at++;
      }
      if (Math.max(min, max) > MAX_REPEAT) {
        throw new Unsupported();
      }
      node = node instanceof Empty ? node : new Repeat(node, min, max);
    }
    return node;
  }

  private RegexNode escape() {
    Bits bits = new Bits();
    if (bits.addPerlClass(at)) {
      at += 2;
      return bits.node(false, true);
    }
    return literal(escaped());
  }

  /** The character of an escape that stands for one character. */
  private int escaped() {
    if (at + 1 >= source.length()) {
      throw new Unsupported();
    }
    char c = source.charAt(at + 1);
    at += 2;
    return switch (c) {
      case 'n' -> '\n';
      case 't' -> '\t';
      case 'r' -> '\r';
      case 'f' -> '\f';
      default -> {
        if (c >= 128 || Character.isLetterOrDigit(c)) {
          throw new Unsupported();
        }
        yield c;
      }
    };
  }

  private RegexNode charClass() {
    at++;
    boolean negated = source.startsWith("^", at);
    if (negated) {
      at++;
    }
    Bits bits = new Bits();
    boolean firstChar = true;
    while (firstChar || source.charAt(at) != ']') {
      firstChar = false;
      if (source.startsWith("[:", at)) {
        throw new Unsupported();
      }
      if (source.charAt(at) == '\\' && bits.addPerlClass(at)) {
        at += 2;
        continue;
      }
      int from = classChar();
      int to = from;
      if (source.startsWith("-", at) && at + 1 < source.length() && source.charAt(at + 1) != ']') {
        at++;
        to = classChar();
      }
      bits.add(from, to, foldCase);
    }
    at++;
    return bits.node(negated, !foldCase);
  }

  private int classChar() {
    if (source.charAt(at) == '\\') {
      return escaped();
    }
    int codePoint = source.codePointAt(at);
    at += Character.charCount(codePoint);
    return codePoint;
  }

  /** A class in the making. */
  private final class Bits {
    private long low;
    private long high;
    private boolean others;

    void add(int from, int to, boolean fold) {
      others |= to >= 128;
      for (int c = from; c <= Math.min(to, 127); c++) {
        set(c);
        if (fold) {
          set(Character.toLowerCase(c));
          set(Character.toUpperCase(c));
        }
      }
    }

    private void set(int c) {
      if (c < 64) {
        low |= 1L << c;
      } else {
        high |= 1L << c;
      }
    }

    /** Adds {@code \d}, {@code \w}, {@code \s} or an opposite, which are ASCII in RE2. */
    boolean addPerlClass(int position) {
      if (position + 1 >= source.length()) {
        return false;
      }
      Bits bits = new Bits();
      switch (Character.toLowerCase(source.charAt(position + 1))) {
        case 'd' -> bits.add('0', '9', false);
        case 'w' -> {
          bits.add('0', '9', false);
          bits.add('a', 'z', true);
          bits.add('_', '_', false);
        }
        case 's' -> {
          bits.add('\t', '\n', false);
          bits.add('\f', '\r', false);
          bits.add(' ', ' ', false);
        }
        default -> {
          return false;
        }
      }
      boolean opposite = Character.isUpperCase(source.charAt(position + 1));
      low |= opposite ? ~bits.low : bits.low;
      high |= opposite ? ~bits.high : bits.high;
      others |= opposite;
      return true;
    }

    CharClass node(boolean negated, boolean complete) {
      return negated
          ? new CharClass(~low, ~high, false)
          : new CharClass(low, high, complete && !others);
    }
  }
}
