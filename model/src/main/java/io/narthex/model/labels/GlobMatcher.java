package io.narthex.model.labels;

import io.narthex.model.labels.RegexNode.AnyChar;
import io.narthex.model.labels.RegexNode.Empty;
import io.narthex.model.labels.RegexNode.Literal;
import io.narthex.model.labels.RegexNode.Repeat;
import io.narthex.model.labels.RegexNode.Sequence;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Literals with {@code .*} or {@code .+} between them, as {@code prefix.*}, {@code .*contained.*},
 * {@code a.+b.*c}.
 *
 * <p>The first and the last literal are fixed at the ends; each one between is taken where it
 * occurs first, which leaves most room for those that follow, so no choice has to be undone.
 */
final class GlobMatcher {
  private final String[] literals;

  /** The least number of characters before each literal but the first. */
  private final int[] gaps;

  private GlobMatcher(List<String> literals, List<Integer> gaps) {
    this.literals = literals.toArray(new String[0]);
    this.gaps = gaps.stream().mapToInt(Integer::intValue).toArray();
  }

  /** The matcher of an expression of this shape with at least one wildcard. */
  static Optional<GlobMatcher> of(RegexNode node) {
    List<RegexNode> parts = node instanceof Sequence sequence ? sequence.parts() : List.of(node);
    List<String> literals = new ArrayList<>(List.of(""));
    List<Integer> gaps = new ArrayList<>();
    boolean behindGap = false;
    for (RegexNode part : parts) {
      switch (part) {
        case Literal literal -> {
          if (behindGap) {
            literals.add(literal.text());
          } else {
            literals.set(literals.size() - 1, literals.getLast() + literal.text());
          }
          behindGap = false;
        }
        case Repeat(AnyChar _, int min, int max) when max < 0 && min <= 1 -> {
          if (behindGap) {
            gaps.set(gaps.size() - 1, gaps.getLast() + min);
          } else {
            gaps.add(min);
          }
          behindGap = true;
        }
        case Empty _ -> {}
        default -> {
          return Optional.empty();
        }
      }
    }
    if (behindGap) {
      literals.add("");
    }
    // A gap counts characters, and a pair of surrogates is one: only gaps of up to 1 are sure.
    boolean sure = gaps.stream().allMatch(gap -> gap <= 1);
    return gaps.isEmpty() || !sure
        ? Optional.empty()
        : Optional.of(new GlobMatcher(literals, gaps));
  }

  /** What every match starts with. */
  String prefix() {
    return literals[0];
  }

  boolean matches(String text) {
    int last = literals.length - 1;
    if (!text.startsWith(literals[0]) || !text.endsWith(literals[last])) {
      return false;
    }
    int at = literals[0].length();
    int end = text.length() - literals[last].length();
    for (int i = 1; i < last; i++) {
      int found = text.indexOf(literals[i], at + gaps[i - 1]);
      if (found < 0) {
        return false;
      }
      at = found + literals[i].length();
    }
    return at + gaps[last - 1] <= end;
  }
}
