package io.narthex.it.fuzz;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * A part of a query.
 *
 * @param kind what it yields
 * @param pattern its text, with {@code $} where the children's texts go
 */
record Node(Kind kind, String pattern, List<Node> children) {
  enum Kind {
    VECTOR,
    RANGE,
    SCALAR
  }

  static Node of(Kind kind, String pattern, Node... children) {
    return new Node(kind, pattern, List.of(children));
  }

  String text() {
    StringBuilder out = new StringBuilder();
    int child = 0;
    for (int i = 0; i < pattern.length(); i++) {
      char c = pattern.charAt(i);
      if (c == '$' && child < children.size()) {
        out.append(children.get(child++).text());
      } else {
        out.append(c);
      }
    }
    return out.toString();
  }

  int size() {
    return 1 + children.stream().mapToInt(Node::size).sum();
  }

  /**
   * Trees that are smaller by one change: a part gives way to one of the same kind within it, or to
   * the simplest of its kind. Those that lose most come first.
   */
  List<Node> smaller() {
    List<Node> found = new ArrayList<>();
    smaller(found::add);
    found.sort((a, b) -> Integer.compare(a.weight(), b.weight()));
    return found;
  }

  private int weight() {
    return 1000 * size() + text().length();
  }

  private void smaller(Consumer<Node> out) {
    within(kind, out);
    Node simplest = simplest(kind);
    if (weight() > simplest.weight()) {
      out.accept(simplest);
    }
    for (int i = 0; i < children.size(); i++) {
      int at = i;
      children
          .get(i)
          .smaller(
              child -> {
                List<Node> changed = new ArrayList<>(children);
                changed.set(at, child);
                out.accept(new Node(kind, pattern, List.copyOf(changed)));
              });
    }
  }

  /** All parts below of a kind. */
  private void within(Kind wanted, Consumer<Node> out) {
    for (Node child : children) {
      if (child.kind == wanted) {
        out.accept(child);
      }
      child.within(wanted, out);
    }
  }

  private static Node simplest(Kind kind) {
    return switch (kind) {
      case VECTOR -> of(Kind.VECTOR, "g");
      case RANGE -> of(Kind.RANGE, "g[5m]");
      case SCALAR -> of(Kind.SCALAR, "1");
    };
  }
}
