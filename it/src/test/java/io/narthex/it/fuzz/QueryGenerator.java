package io.narthex.it.fuzz;

import io.narthex.it.fuzz.Node.Kind;
import java.util.List;
import java.util.Random;

/**
 * Makes random queries by the grammar of PromQL, over the metrics of {@link FuzzData}.
 *
 * <p>Some functions differ in the last digits from one version of Prometheus to the next, as it has
 * come to sum with compensation. A part is asked to be <em>exact</em> where such a digit would
 * decide over more than a digit: below comparisons, rounding, sorting and the like.
 */
final class QueryGenerator {
  private static final List<String> COUNTERS = List.of("c_total", "c_total", "h_count", "h_bucket");
  private static final List<String> GAUGES = List.of("g", "g", "odd", "churn", "c_total");
  private static final List<String> LABELS =
      List.of("job", "instance", "zone", "mode", "kind", "pod", "le", "missing");
  private static final List<String> EXACT_OVER_TIME =
      List.of("min", "max", "count", "last", "present", "sum");
  private static final List<String> OTHER_OVER_TIME = List.of("avg", "stddev", "stdvar");
  private static final List<String> EXACT_FUNCTIONS =
      List.of("abs($)", "sgn($)", "-$", "+$", "timestamp(-$)", "absent($)", "minute($)", "hour($)");
  private static final List<String> ROUNDING = List.of("ceil($)", "floor($)", "round($)");
  private static final List<String> SMOOTH_FUNCTIONS =
      List.of("sqrt($)", "deg($)", "rad($)", "ln($)", "atan($)", "-$");
  private static final List<String> COMPARISONS = List.of("==", "!=", "<", "<=", ">", ">=");
  private static final List<String> ARITHMETIC = List.of("+", "-", "*", "/");

  private final Random random;
  private final boolean modern;
  private final HistogramQueries histograms;
  private final ModernQueries latest;
  private final JoinQueries joins;

  /** Steps of a subquery in a subquery may lie on the edge of its range. */
  private boolean inSubquery;

  /**
   * @param modern whether the peer is of version 3
   */
  QueryGenerator(Random random, boolean modern) {
    this.random = random;
    this.modern = modern;
    this.histograms = new HistogramQueries(random, modern);
    this.latest = new ModernQueries(random);
    this.joins = new JoinQueries(random);
  }

  /** A whole query. */
  Node query() {
    int depth = 1 + random.nextInt(4);
    if (modern && once(15)) {
      return histograms.histograms(depth, true);
    }
    return random.nextInt(20) == 0 ? scalar(depth, false) : vector(depth, false);
  }

  private String pick(List<String> texts) {
    return texts.get(random.nextInt(texts.size()));
  }

  private boolean once(int in) {
    return random.nextInt(in) == 0;
  }

  private Node vector(int depth, boolean exact) {
    if (depth <= 0) {
      return Node.of(Kind.VECTOR, selector(pick(GAUGES)) + modifiers());
    }
    if (!exact && once(12)) {
      return once(3) ? joins.joins() : histograms.numbers(depth);
    }
    if (modern && !exact && once(8)) {
      String selector = selector(pick(GAUGES));
      return latest.numbers(selector, vector(depth - 1, false), vector(depth - 1, false));
    }
    return switch (random.nextInt(exact ? 8 : 11)) {
      case 0 -> Node.of(Kind.VECTOR, selector(pick(GAUGES)) + modifiers());
      case 1 -> Node.of(Kind.VECTOR, pick(EXACT_FUNCTIONS), vector(depth - 1, exact));
      case 2 -> exactAggregation(depth);
      case 3 -> comparison(depth);
      case 4 -> setOperation(depth, exact);
      case 5 -> exactOverTime(depth);
      case 6 -> once(4) ? timestamp() : labels(depth, exact);
      case 7 -> exact ? rounding(depth) : arithmetic(depth);
      case 8 -> counterFunction(depth);
      case 9 -> smooth(depth);
      default -> smoothAggregation(depth);
    };
  }

  /** With a fixed time, it once had no result. */
  private Node timestamp() {
    return Node.of(Kind.VECTOR, "timestamp($)", Node.of(Kind.VECTOR, selector(pick(GAUGES))));
  }

  private Node rounding(int depth) {
    return switch (random.nextInt(4)) {
      case 0 -> Node.of(Kind.VECTOR, "clamp_max($, $)", vector(depth - 1, true), number());
      case 1 -> Node.of(Kind.VECTOR, "clamp($, -50.5, 300)", vector(depth - 1, true));
      case 2 -> Node.of(Kind.VECTOR, "round($, 7)", vector(depth - 1, true));
      default -> Node.of(Kind.VECTOR, pick(ROUNDING), vector(depth - 1, true));
    };
  }

  /** Sums of what {@link FuzzData} has are exact as long as nothing is divided. */
  private Node exactAggregation(int depth) {
    String operator = pick(List.of("min", "max", "count", "group"));
    if (once(6)) {
      return Node.of(
          Kind.VECTOR, "count_values" + grouping() + "(\"v\", $)", vector(depth - 1, true));
    }
    return Node.of(Kind.VECTOR, operator + grouping() + "($)", vector(depth - 1, true));
  }

  private Node smoothAggregation(int depth) {
    if (once(5)) {
      return Node.of(
          Kind.VECTOR,
          "quantile" + grouping() + "(" + pick(List.of("0.5", "0.9", "0", "1", "-1")) + ", $)",
          vector(depth - 1, false));
    }
    if (once(4)) {
      // Of NaN alone they were 0 once.
      String deviation = pick(List.of("stddev", "stdvar")) + grouping() + "($)";
      return Node.of(Kind.VECTOR, deviation, Node.of(Kind.VECTOR, selector("c_total")));
    }
    String operator = pick(List.of("sum", "sum", "avg"));
    return Node.of(Kind.VECTOR, operator + grouping() + "($)", vector(depth - 1, false));
  }

  private String grouping() {
    return switch (random.nextInt(5)) {
      case 0 -> "";
      case 1 -> " without(" + pick(LABELS) + ") ";
      case 2 -> " by(" + pick(LABELS) + ", " + pick(LABELS) + ") ";
      default -> " by(" + pick(LABELS) + ") ";
    };
  }

  private Node comparison(int depth) {
    String operator = pick(COMPARISONS);
    if (once(2)) {
      String bool = once(2) ? " bool " : " ";
      return Node.of(
          Kind.VECTOR, "($ " + operator + bool + "$)", vector(depth - 1, true), number());
    }
    // Matches that a comparison drops were once not looked at for being one to one.
    String matching = once(2) ? " " : " bool " + matching(true);
    return Node.of(
        Kind.VECTOR,
        "($ " + operator + matching + "$)",
        vector(depth - 1, true),
        vector(depth - 1, true));
  }

  private Node arithmetic(int depth) {
    String operator = " " + pick(ARITHMETIC) + " ";
    return switch (random.nextInt(3)) {
      case 0 -> Node.of(Kind.VECTOR, "($" + operator + "$)", vector(depth - 1, false), number());
      case 1 ->
          Node.of(
              Kind.VECTOR,
              "($" + operator + "$)",
              scalar(depth - 1, false),
              vector(depth - 1, false));
      default ->
          Node.of(
              Kind.VECTOR,
              "($" + operator + matching(true) + "$)",
              vector(depth - 1, false),
              vector(depth - 1, false));
    };
  }

  private Node setOperation(int depth, boolean exact) {
    return Node.of(
        Kind.VECTOR,
        "($ " + pick(List.of("and", "or", "unless")) + " " + matching(false) + "$)",
        vector(depth - 1, exact),
        vector(depth - 1, exact));
  }

  private String matching(boolean groups) {
    if (once(3)) {
      return "";
    }
    String on = pick(List.of("on", "ignoring")) + "(";
    on += once(3) ? pick(LABELS) + ", " + pick(LABELS) : pick(LABELS);
    on += ") ";
    return groups && once(2)
        ? on + pick(List.of("group_left", "group_right")) + "(" + (once(2) ? "zone" : "") + ") "
        : on;
  }

  private Node exactOverTime(int depth) {
    return switch (random.nextInt(6)) {
      case 0 -> Node.of(Kind.VECTOR, "changes($)", range(depth, true));
      case 1 -> Node.of(Kind.VECTOR, "resets($)", range(depth, true));
      case 2 -> Node.of(Kind.VECTOR, "absent_over_time($)", range(depth, true));
      default -> Node.of(Kind.VECTOR, pick(EXACT_OVER_TIME) + "_over_time($)", range(depth, true));
    };
  }

  private Node counterFunction(int depth) {
    String function = pick(List.of("rate", "increase", "irate", "delta", "idelta"));
    if (depth > 2 && once(4)) {
      return Node.of(
          Kind.VECTOR,
          "histogram_quantile(" + pick(List.of("0.5", "0.99", "0")) + ", $)",
          Node.of(
              Kind.VECTOR,
              "sum by (" + pick(List.of("le", "le, job", "le, instance")) + ") (rate($))",
              Node.of(Kind.RANGE, "h_bucket[" + duration() + "]")));
    }
    return Node.of(Kind.VECTOR, function + "($)", counterRange(depth));
  }

  private Node counterRange(int depth) {
    return once(8) && depth > 1 && !inSubquery
        ? subquery(Node.of(Kind.VECTOR, selector("c_total")))
        : Node.of(Kind.RANGE, selector(pick(COUNTERS)) + "[" + duration() + "]" + modifiers());
  }

  private Node smooth(int depth) {
    return switch (random.nextInt(6)) {
      case 0 -> Node.of(Kind.VECTOR, "deriv($)", plainRange());
      case 1 -> Node.of(Kind.VECTOR, "predict_linear($, 600)", plainRange());
      case 2 ->
          Node.of(
              Kind.VECTOR,
              "quantile_over_time(" + pick(List.of("0.5", "0.95", "2")) + ", $)",
              range(depth, false));
      case 3 -> Node.of(Kind.VECTOR, pick(OTHER_OVER_TIME) + "_over_time($)", range(depth, false));
      default -> Node.of(Kind.VECTOR, pick(SMOOTH_FUNCTIONS), vector(depth - 1, false));
    };
  }

  private Node plainRange() {
    // At a fixed time, the result once came for the first step only.
    return Node.of(Kind.RANGE, selector("g") + "[" + duration() + "]");
  }

  private Node labels(int depth, boolean exact) {
    String pattern =
        pick(
            List.of(
                "label_replace($, \"zone\", \"$1x\", \"instance\", \"i(.)\")",
                "label_replace($, \"job\", \"\", \"\", \"\")",
                "label_replace($, \"new\", \"$2-$1\", \"job\", \"(.)(.*)\")",
                "label_join($, \"both\", \"/\", \"job\", \"instance\", \"missing\")"));
    // The dollars after the first belong to the text.
    return new Node(Kind.VECTOR, pattern, List.of(vector(depth - 1, exact)));
  }

  private Node range(int depth, boolean exact) {
    if (depth > 1 && !inSubquery && once(3)) {
      return subquery(depth, exact);
    }
    return Node.of(Kind.RANGE, selector(pick(GAUGES)) + "[" + duration() + "]" + modifiers());
  }

  private Node subquery(int depth, boolean exact) {
    inSubquery = true;
    Node inner = vector(depth - 2, exact);
    inSubquery = false;
    return subquery(inner);
  }

  private Node subquery(Node inner) {
    String step = once(3) ? "" : pick(List.of("15s", "30s", "1m", "7s"));
    return Node.of(
        Kind.RANGE,
        "$[" + pick(List.of("2m", "5m", "11m")) + ":" + step + "]" + modifiers(),
        Node.of(Kind.VECTOR, "($)", inner));
  }

  private Node scalar(int depth, boolean exact) {
    if (depth <= 0) {
      return number();
    }
    return switch (random.nextInt(5)) {
      case 0 -> Node.of(Kind.SCALAR, "time()");
      case 1 -> Node.of(Kind.SCALAR, "scalar($)", vector(depth - 1, exact));
      case 2 ->
          Node.of(
              Kind.SCALAR,
              "($ " + pick(ARITHMETIC) + " $)",
              scalar(depth - 1, exact),
              scalar(depth - 1, exact));
      default -> number();
    };
  }

  private Node number() {
    return Node.of(
        Kind.SCALAR,
        pick(List.of("0", "1", "2", "-3.5", "17.25", "400.125", "1e6", "NaN", "Inf", "0.5")));
  }

  private String duration() {
    return pick(List.of("1m", "2m", "5m", "7m13s", "20m", "1h", "31s"));
  }

  private String selector(String metric) {
    String matcher =
        switch (random.nextInt(9)) {
          case 0 -> "{job=\"a\"}";
          case 1 -> "{job!=\"a\"}";
          case 2 -> "{instance=~\"i[0-2]\"}";
          case 3 -> "{instance!~\"i1|i3\", job=~\"a|b\"}";
          case 4 -> "{zone=\"\"}";
          case 5 -> "{kind=~\"nan|gap.*\"}";
          default -> "";
        };
    return once(15) && metric.equals("g") ? "{__name__=~\"g|odd\", job=\"b\"}" : metric + matcher;
  }

  private String modifiers() {
    String offset = once(6) ? " offset " + pick(List.of("1m", "5m", "-2m", "17s")) : "";
    String at = once(10) ? " @ " + pick(List.of("start()", "end()", FuzzData.middle())) : "";
    return at + offset;
  }
}
