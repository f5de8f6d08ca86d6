package io.narthex.model.labels;

import io.narthex.model.labels.RegexNode.AnyChar;
import io.narthex.model.labels.RegexNode.CharClass;
import io.narthex.model.labels.RegexNode.Choice;
import io.narthex.model.labels.RegexNode.Empty;
import io.narthex.model.labels.RegexNode.Literal;
import io.narthex.model.labels.RegexNode.Repeat;
import io.narthex.model.labels.RegexNode.Sequence;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A deterministic automaton over ASCII texts: one table look-up for each character.
 *
 * <p>Built by Glushkov's construction: every character of the expression is a position; a set of
 * positions that may come next is a state. Expressions whose automaton is large have none, and
 * texts that are not ASCII are not decided.
 */
final class RegexAutomaton {
  private static final int MAX_POSITIONS = 200;
  private static final int MAX_STATES = 200;
  private static final int DEAD = 0;

  /** The next state for each state and character; state 0 is the one without a way out. */
  private final short[] next;

  private final boolean[] accepting;

  private RegexAutomaton(short[] next, boolean[] accepting) {
    this.next = next;
    this.accepting = accepting;
  }

  static Optional<RegexAutomaton> of(RegexNode node) {
    return new Builder().build(node);
  }

  /** 1 where the text matches, 0 where it does not, -1 where it is not ASCII. */
  int matches(String text) {
    int state = 1;
    short[] table = next;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= 128) {
        return -1;
      }
      state = table[state << 7 | c];
    }
    return accepting[state] ? 1 : 0;
  }

  /** The first and last positions of a part, and whether it matches the empty text. */
  private record Part(BitSet first, BitSet last, boolean nullable) {}

  private static final class TooLarge extends RuntimeException {
    private static final long serialVersionUID = 1;

    TooLarge() {
      super(null, null, false, false);
    }
  }

  private static final class Builder {
    private final List<CharClass> positions = new ArrayList<>();
    private final List<BitSet> follow = new ArrayList<>();

    Optional<RegexAutomaton> build(RegexNode node) {
      try {
        Part whole = part(node);
        return determinize(whole);
      } catch (TooLarge e) {
        return Optional.empty();
      }
    }

    private Part part(RegexNode node) {
      return switch (node) {
        case Empty _ -> new Part(new BitSet(), new BitSet(), true);
        case AnyChar _ -> position(new CharClass(-1, -1, false));
        case CharClass chars -> position(chars);
        case Literal literal -> literal(literal.text());
        case Sequence sequence -> {
          Part all = new Part(new BitSet(), new BitSet(), true);
          for (RegexNode each : sequence.parts()) {
            all = chain(all, part(each));
          }
          yield all;
        }
        case Choice choice -> {
          Part all = new Part(new BitSet(), new BitSet(), false);
          for (RegexNode branch : choice.branches()) {
            all = either(all, part(branch));
          }
          yield all;
        }
        case Repeat repeat -> repeat(repeat);
      };
    }

    private Part position(CharClass chars) {
      if (positions.size() == MAX_POSITIONS) {
        throw new TooLarge();
      }
      BitSet self = new BitSet();
      self.set(positions.size());
      positions.add(chars);
      follow.add(new BitSet());
      return new Part(self, self, false);
    }

    private Part literal(String text) {
      Part all = new Part(new BitSet(), new BitSet(), true);
      for (int i = 0; i < text.length(); i++) {
        char c = text.charAt(i);
        // No ASCII text gets past a character that is none.
        long low = c < 64 ? 1L << c : 0;
        long high = c >= 64 && c < 128 ? 1L << c : 0;
        all = chain(all, position(new CharClass(low, high, true)));
      }
      return all;
    }

    private Part chain(Part a, Part b) {
      for (int p = a.last.nextSetBit(0); p >= 0; p = a.last.nextSetBit(p + 1)) {
        follow.get(p).or(b.first);
      }
      return new Part(
          a.nullable ? union(a.first, b.first) : a.first,
          b.nullable ? union(a.last, b.last) : b.last,
          a.nullable && b.nullable);
    }

    private static Part either(Part a, Part b) {
      return new Part(union(a.first, b.first), union(a.last, b.last), a.nullable || b.nullable);
    }

    private Part repeat(Repeat repeat) {
      Part all = new Part(new BitSet(), new BitSet(), true);
      for (int i = 0; i < repeat.min(); i++) {
        all = chain(all, part(repeat.body()));
      }
      if (repeat.max() < 0) {
        Part more = part(repeat.body());
        chain(more, more);
        return chain(all, new Part(more.first, more.last, true));
      }
      for (int i = repeat.min(); i < repeat.max(); i++) {
        Part more = part(repeat.body());
        all = chain(all, new Part(more.first, more.last, true));
      }
      return all;
    }

    private static BitSet union(BitSet a, BitSet b) {
      BitSet both = (BitSet) a.clone();
      both.or(b);
      return both;
    }

    /** Numbers the sets of positions that can be reached, from that of the start. */
    private Optional<RegexAutomaton> determinize(Part whole) {
      Map<BitSet, Integer> numbers = new HashMap<>();
      List<BitSet> states = new ArrayList<>();
      List<short[]> rows = new ArrayList<>();
      // The set holds the positions just read; the start is before all of them.
      int start = positions.size();
      BitSet startSet = new BitSet();
      startSet.set(start);
      follow.add(whole.first);
      number(new BitSet(), numbers, states);
      number(startSet, numbers, states);
      for (int state = 0; state < states.size(); state++) {
        rows.add(row(states.get(state), numbers, states));
        if (states.size() > MAX_STATES) {
          return Optional.empty();
        }
      }
      short[] table = new short[states.size() << 7];
      boolean[] accepting = new boolean[states.size()];
      for (int state = 0; state < states.size(); state++) {
        System.arraycopy(rows.get(state), 0, table, state << 7, 128);
        BitSet set = states.get(state);
        accepting[state] =
            state != DEAD && (set.intersects(whole.last) || (set.get(start) && whole.nullable));
      }
      return Optional.of(new RegexAutomaton(table, accepting));
    }

    private static int number(BitSet set, Map<BitSet, Integer> numbers, List<BitSet> states) {
      Integer known = numbers.putIfAbsent(set, states.size());
      if (known != null) {
        return known;
      }
      states.add(set);
      return states.size() - 1;
    }

    private short[] row(BitSet set, Map<BitSet, Integer> numbers, List<BitSet> states) {
      BitSet candidates = new BitSet();
      for (int p = set.nextSetBit(0); p >= 0; p = set.nextSetBit(p + 1)) {
        candidates.or(follow.get(p));
      }
      short[] row = new short[128];
      for (int c = 0; c < 128; c++) {
        BitSet reached = new BitSet();
        for (int p = candidates.nextSetBit(0); p >= 0; p = candidates.nextSetBit(p + 1)) {
          if (positions.get(p).has(c)) {
            reached.set(p);
          }
        }
        row[c] = (short) number(reached, numbers, states);
      }
      return row;
    }
  }
}
