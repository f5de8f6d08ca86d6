package io.narthex.it.fuzz;

import io.narthex.it.fuzz.Node.Kind;
import java.util.List;
import java.util.Random;

/** Joins with a plain selector on one side, for which the other side's matchers say enough. */
final class JoinQueries {
  private static final List<String> METRICS = List.of("g", "g", "c_total", "odd");
  private static final List<String> LABELS = List.of("job", "instance", "job, instance");
  private static final List<String> MATCHERS =
      List.of(
          "{job=\"a\"}",
          "{instance=~\"i[0-2]\"}",
          "{job=~\"a|b\", instance!=\"i1\"}",
          "{job=~\".*\"}",
          "{job=\"none\"}");

  private final Random random;

  JoinQueries(Random random) {
    this.random = random;
  }

  Node joins() {
    String labels = pick(LABELS);
    String plain = pick(METRICS) + (random.nextInt(3) == 0 ? pick(MATCHERS) : "");
    String on = random.nextInt(3) == 0 ? " ignoring(zone, kind) " : " on(" + labels + ") ";
    String matched = matched();
    String group = pick(List.of("sum", "max", "count")) + " by (" + labels + ") (" + matched + ")";
    String text =
        switch (random.nextInt(5)) {
          case 0 -> plain + " and" + on + matched;
          case 1 -> matched + pick(List.of(" and", " unless")) + on + plain;
          case 2 -> plain + " *" + on + group;
          case 3 -> group + " -" + on + "group_right() " + plain;
          default -> plain + pick(List.of(" +", " > bool", " >=")) + on + "group_left() " + group;
        };
    return Node.of(Kind.VECTOR, "(" + text + ")");
  }

  private String matched() {
    String selector = pick(METRICS) + pick(MATCHERS);
    return switch (random.nextInt(4)) {
      case 0 -> "rate(" + selector + "[5m])";
      case 1 -> "abs(" + selector + " offset 1m)";
      default -> selector;
    };
  }

  private String pick(List<String> texts) {
    return texts.get(random.nextInt(texts.size()));
  }
}
