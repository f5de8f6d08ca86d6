package io.narthex.tool.promql;

import io.narthex.model.labels.Matcher;
import io.narthex.promql.syntax.Children;
import io.narthex.promql.syntax.Expr;
import io.narthex.promql.syntax.MatrixSelector;
import io.narthex.promql.syntax.VectorSelector;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * {@code promql label-matchers}: changes the matchers on one label in every selector of an
 * expression. A metric name that stands before the braces is no matcher and stays.
 */
public final class MatcherEdit {
  private final String label;
  private final Optional<Matcher> replacement;

  private MatcherEdit(String label, Optional<Matcher> replacement) {
    this.label = label;
    this.replacement = replacement;
  }

  /** Puts a matcher in the place of each one on its label, and adds it where there is none. */
  public static Expr set(Expr expr, Matcher matcher) {
    return new MatcherEdit(matcher.name(), Optional.of(matcher)).edit(expr);
  }

  /** Takes all matchers on a label away. */
  public static Expr delete(Expr expr, String label) {
    return new MatcherEdit(label, Optional.empty()).edit(expr);
  }

  private Expr edit(Expr expr) {
    return switch (expr) {
      case VectorSelector selector -> edit(selector);
      case MatrixSelector matrix -> matrix.withSelector(edit(matrix.selector()));
      default -> Children.map(expr, this::edit);
    };
  }

  private VectorSelector edit(VectorSelector selector) {
    List<Matcher> matchers = new ArrayList<>(selector.matchers());
    boolean known = matchers.stream().anyMatch(matcher -> matcher.name().equals(label));
    if (replacement.isEmpty()) {
      matchers.removeIf(matcher -> matcher.name().equals(label));
    } else if (known) {
      matchers.replaceAll(matcher -> matcher.name().equals(label) ? replacement.get() : matcher);
    } else {
      matchers.add(replacement.get());
    }
    return selector.withMatchers(matchers);
  }
}
