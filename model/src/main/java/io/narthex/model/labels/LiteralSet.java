package io.narthex.model.labels;

import io.narthex.model.labels.RegexNode.AnyChar;
import io.narthex.model.labels.RegexNode.CharClass;
import io.narthex.model.labels.RegexNode.Choice;
import io.narthex.model.labels.RegexNode.Empty;
import io.narthex.model.labels.RegexNode.Literal;
import io.narthex.model.labels.RegexNode.Repeat;
import io.narthex.model.labels.RegexNode.Sequence;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Lists the texts that an expression matches where they are few. */
final class LiteralSet {
  /** Products such as {@code [0-9][0-9]} are listed up to this many texts. */
  private static final int MAX_PRODUCT = 256;

  private LiteralSet() {}

  /** All texts, or nothing where there are too many or infinitely many. */
  static Optional<List<String>> of(RegexNode node) {
    if (node instanceof Choice choice) {
      // Alternatives that are written out are all listed, however many they are.
      Set<String> all = new LinkedHashSet<>();
      for (RegexNode branch : choice.branches()) {
        Optional<List<String>> texts = product(branch);
        if (texts.isEmpty()) {
          return Optional.empty();
        }
        all.addAll(texts.get());
      }
      return Optional.of(List.copyOf(all));
    }
    return product(node);
  }

  private static Optional<List<String>> product(RegexNode node) {
    return switch (node) {
      case Empty _ -> Optional.of(List.of(""));
      case Literal literal -> Optional.of(List.of(literal.text()));
      case AnyChar _ -> Optional.empty();
      case CharClass chars -> chars.complete() ? Optional.of(characters(chars)) : Optional.empty();
      case Sequence sequence -> sequence(sequence.parts());
      case Choice choice -> of(choice).filter(texts -> texts.size() <= MAX_PRODUCT);
      case Repeat repeat -> repeat(repeat);
    };
  }

  private static List<String> characters(CharClass chars) {
    List<String> texts = new ArrayList<>();
    for (int c = 0; c < 128; c++) {
      if (chars.has(c)) {
        texts.add(Character.toString(c));
      }
    }
    return texts;
  }

  private static Optional<List<String>> sequence(List<RegexNode> parts) {
    List<String> texts = List.of("");
    for (RegexNode part : parts) {
      Optional<List<String>> next = product(part);
      if (next.isEmpty() || texts.size() * next.get().size() > MAX_PRODUCT) {
        return Optional.empty();
      }
      List<String> longer = new ArrayList<>();
      for (String head : texts) {
        for (String tail : next.get()) {
          longer.add(head + tail);
        }
      }
      texts = longer;
    }
    return Optional.of(texts);
  }

  private static Optional<List<String>> repeat(Repeat repeat) {
    if (repeat.min() == 0 && repeat.max() == 1) {
      return product(repeat.body())
          .map(
              texts -> {
                Set<String> all = new LinkedHashSet<>(List.of(""));
                all.addAll(texts);
                return List.copyOf(all);
              });
    }
    if (repeat.min() == repeat.max() && repeat.max() <= 8) {
      return sequence(java.util.Collections.nCopies(repeat.max(), repeat.body()));
    }
    return Optional.empty();
  }
}
