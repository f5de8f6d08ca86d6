package io.narthex.promql.syntax;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Random queries that are valid, and random texts that mostly are not. */
final class RandomQueries {
  private static final List<String> NAMES =
      List.of("up", "http:total", "sum", "start", "fill", "x_1");
  private static final List<String> LABELS = List.of("job", "by", "\"a b\"", "le", "offset", "`q`");
  private static final List<String> DURATIONS = List.of("5m", "1h30m", "90", "1y", "15ms", "0x10");
  private static final List<String> NUMBERS =
      List.of("1", "-2.5", "1e3", "0x1F", "017", "NaN", "1_000", "5m", ".5");
  private static final List<String> PIECES =
      List.of(
          "foo",
          "sum",
          "by",
          "(",
          ")",
          "[",
          "]",
          "{",
          "}",
          "5m",
          "1",
          "\"",
          "'",
          "`",
          "\\",
          "=",
          "=~",
          "!",
          "@",
          "offset",
          "#",
          "\n",
          ":",
          ",",
          "+",
          "-",
          "^",
          "</",
          "start()",
          "{a=\"b\"}",
          "[5m:1m]",
          "\u00e9",
          "\ud83d\ude00",
          "\uFFFD",
          "\0",
          "max_of(",
          "group_left",
          "fill(",
          "x");

  private final Random random;

  RandomQueries(long seed) {
    random = new Random(seed);
  }

  private String pick(List<String> texts) {
    return texts.get(random.nextInt(texts.size()));
  }

  private String maybe(String text) {
    return random.nextBoolean() ? text : "";
  }

  /** A query that yields an instant vector. */
  String vector(int depth) {
    if (depth == 0) {
      return selector() + modifiers();
    }
    return switch (random.nextInt(9)) {
      case 0 -> selector() + modifiers();
      case 1 -> "(" + vector(depth - 1) + ")";
      case 2 -> "-" + vector(depth - 1);
      case 3 -> aggregation(depth - 1);
      case 4 -> "rate(" + range(depth - 1) + ")";
      case 5 -> "clamp_max(" + vector(depth - 1) + ", " + scalar(depth - 1) + ")";
      case 6 -> "label_join(" + vector(depth - 1) + ", \"a\\n\", '\\u00e9', `b`)";
      default -> binary(depth - 1);
    };
  }

  private String binary(int depth) {
    if (random.nextInt(4) == 0) {
      return vector(depth) + pick(List.of(" and ", " or ", " unless on (job) ")) + vector(depth);
    }
    String operator =
        pick(List.of("+", "-", "*", "/", "%", "^", "==", "!= bool", "<", ">= bool", "atan2"));
    boolean scalar = random.nextInt(3) == 0;
    if (scalar) {
      return "(" + vector(depth) + " " + operator + " " + scalar(depth) + ")";
    }
    return vector(depth) + " " + operator + " " + matching() + " " + vector(depth);
  }

  private String matching() {
    String matching = "";
    if (random.nextBoolean()) {
      matching = pick(List.of("on", "ignoring")) + " (" + pick(LABELS) + maybe(",") + ")";
      matching += pick(List.of("", " group_left ()", " group_right (zone, \"c d\")"));
    }
    return matching + pick(List.of("", "", " fill (0)", " fill_left(-1) fill_right (2.5)"));
  }

  private String aggregation(int depth) {
    String grouping =
        random.nextBoolean()
            ? pick(List.of("by", "without")) + " (" + pick(LABELS) + ", " + pick(LABELS) + ") "
            : "";
    String head = pick(List.of("sum", "AVG", "count", "group", "stddev"));
    String body = "(" + vector(depth) + ")";
    if (random.nextInt(4) == 0) {
      head = pick(List.of("topk", "quantile", "limitk"));
      body = "(" + scalar(depth) + ", " + vector(depth) + ")";
    }
    return random.nextBoolean() ? head + " " + grouping + body : head + body + grouping;
  }

  private String scalar(int depth) {
    if (depth <= 0) {
      return pick(NUMBERS);
    }
    return switch (random.nextInt(5)) {
      case 0 -> "scalar(" + vector(depth - 1) + ")";
      case 1 -> scalar(depth - 1) + pick(List.of(" + ", " ^ ", " < bool ")) + scalar(depth - 1);
      case 2 -> "time()";
      case 3 -> "max_of(" + scalar(depth - 1) + ", step())";
      default -> pick(NUMBERS);
    };
  }

  private String selector() {
    String matchers =
        "{"
            + pick(List.of("job", "\"x y\"", "le"))
            + pick(List.of("=", "!=", "=~", "!~"))
            + "'a.b'}";
    return random.nextInt(4) == 0 ? "{__name__=~\"x.+\"}" : pick(NAMES) + maybe(matchers);
  }

  private String range(int depth) {
    if (random.nextInt(3) == 0) {
      return "("
          + vector(depth)
          + ")["
          + pick(DURATIONS)
          + " + "
          + duration(1)
          + ":"
          + maybe(duration(1))
          + "]"
          + modifiers();
    }
    return selector()
        + "["
        + duration(1)
        + "]"
        + pick(List.of("", " anchored", " smoothed"))
        + modifiers();
  }

  private String modifiers() {
    String at = pick(List.of("", "", " @ 1609746000.123", " @ start()", " @ end()", " @ -5"));
    String offset = pick(List.of("", "", " offset 5m", " offset -1h", " offset -step()"));
    return random.nextBoolean() ? at + offset : offset + at;
  }

  private String duration(int depth) {
    return depth == 0 || random.nextInt(3) > 0
        ? pick(DURATIONS)
        : switch (random.nextInt(4)) {
          case 0 -> "step()";
          case 1 -> "(" + duration(depth - 1) + " + " + duration(depth - 1) + ")";
          case 2 -> "max_of(range(), " + duration(depth - 1) + ")";
          default -> duration(depth - 1) + " * 2 ^ " + duration(depth - 1);
        };
  }

  /** Any text, made of what means something somewhere. */
  String garbage() {
    StringBuilder text = new StringBuilder();
    int pieces = random.nextInt(20);
    for (int i = 0; i < pieces; i++) {
      text.append(pick(PIECES)).append(maybe(" "));
    }
    return text.toString();
  }

  /** A text with a few bytes changed, inserted or taken out. */
  byte[] mutate(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    for (int i = random.nextInt(4); i >= 0 && bytes.length > 0; i--) {
      int at = random.nextInt(bytes.length);
      bytes[at] = (byte) random.nextInt(256);
    }
    return Arrays.copyOf(bytes, random.nextInt(bytes.length + 1));
  }
}
