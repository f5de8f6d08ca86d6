package io.narthex.config.yaml;

import io.narthex.config.yaml.YamlType.Scalar;
import io.narthex.http.client.Secret;
import io.narthex.model.value.GoFloatParser;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What plain scalars mean in YAML 1.1 as Prometheus' YAML library (go-yaml 2) reads it: {@code yes}
 * is true, {@code 0x10} is 16, {@code 2006-01-02} is a time.
 */
final class YamlScalars {
  private static final Set<String> TRUE =
      Set.of("y", "Y", "yes", "Yes", "YES", "true", "True", "TRUE", "on", "On", "ON");
  private static final Set<String> FALSE =
      Set.of("n", "N", "no", "No", "NO", "false", "False", "FALSE", "off", "Off", "OFF");
  private static final Set<String> NULL = Set.of("", "~", "null", "Null", "NULL");
  private static final Map<String, Double> SPECIAL_FLOATS =
      Map.ofEntries(
          Map.entry(".nan", Double.NaN),
          Map.entry(".NaN", Double.NaN),
          Map.entry(".NAN", Double.NaN),
          Map.entry(".inf", Double.POSITIVE_INFINITY),
          Map.entry(".Inf", Double.POSITIVE_INFINITY),
          Map.entry(".INF", Double.POSITIVE_INFINITY),
          Map.entry("+.inf", Double.POSITIVE_INFINITY),
          Map.entry("+.Inf", Double.POSITIVE_INFINITY),
          Map.entry("+.INF", Double.POSITIVE_INFINITY),
          Map.entry("-.inf", Double.NEGATIVE_INFINITY),
          Map.entry("-.Inf", Double.NEGATIVE_INFINITY),
          Map.entry("-.INF", Double.NEGATIVE_INFINITY));

  private static final Pattern FLOAT =
      Pattern.compile("[-+]?(\\.[0-9]+|[0-9]+(\\.[0-9]*)?)([eE][-+]?[0-9]+)?");
  private static final Pattern TIMESTAMP =
      Pattern.compile(
          "\\d{4}-\\d{1,2}-\\d{1,2}"
              + "([Tt ]\\d{1,2}:\\d{1,2}:\\d{1,2}(\\.\\d+)?( ?Z|[-+]\\d{2}:\\d{2})?)?");

  private YamlScalars() {}

  /** A scalar with its tag: {@code !!str}, {@code !!int}, … and its value, null for null. */
  record Resolved(String tag, @Nullable Object value) {}

  static boolean isNull(String plain) {
    return NULL.contains(plain);
  }

  static Resolved resolve(String plain) {
    if (NULL.contains(plain)) {
      return new Resolved("!!null", null);
    }
    if (TRUE.contains(plain) || FALSE.contains(plain)) {
      return new Resolved("!!bool", TRUE.contains(plain));
    }
    if (SPECIAL_FLOATS.containsKey(plain)) {
      return new Resolved("!!float", SPECIAL_FLOATS.get(plain));
    }
    if (plain.equals("<<")) {
      return new Resolved("!!merge", plain);
    }
    char first = plain.charAt(0);
    if (first == '.' || first == '+' || first == '-' || Character.isDigit(first)) {
      return number(plain);
    }
    return new Resolved("!!str", plain);
  }

  private static Resolved number(String plain) {
    if (isTimestamp(plain)) {
      return new Resolved("!!timestamp", plain);
    }
    String digits = plain.replace("_", "");
    if (plain.charAt(0) != '.') {
      Long whole = whole(digits);
      if (whole != null) {
        return new Resolved("!!int", whole);
      }
      if (!FLOAT.matcher(digits).matches()) {
        return new Resolved("!!str", plain);
      }
    }
    try {
      return new Resolved("!!float", GoFloatParser.parse(digits));
    } catch (NumberFormatException e) {
      return new Resolved("!!str", plain);
    }
  }

  /** A whole number with Go's prefixes: 0x, 0b, 0o and a leading zero for octal. */
  private static @Nullable Long whole(String digits) {
    int at = digits.startsWith("-") || digits.startsWith("+") ? 1 : 0;
    String sign = digits.startsWith("-") ? "-" : "";
    String rest = digits.substring(at).toLowerCase(java.util.Locale.ROOT);
    int radix = 10;
    if (rest.startsWith("0x")) {
      radix = 16;
    } else if (rest.startsWith("0b")) {
      radix = 2;
    } else if (rest.startsWith("0o") || (rest.length() > 1 && rest.startsWith("0"))) {
      radix = 8;
    }
    int skip = radix == 10 ? 0 : rest.startsWith("0o") || radix != 8 ? 2 : 1;
    if (rest.length() <= skip || rest.charAt(skip) == '-' || rest.charAt(skip) == '+') {
      return null;
    }
    try {
      return Long.parseLong(sign + rest.substring(skip), radix);
    } catch (NumberFormatException e) {
      return null;
    }
  }

  private static boolean isTimestamp(String plain) {
    return TIMESTAMP.matcher(plain).matches();
  }

  /** What null means for a type. */
  static @Nullable Object zero(YamlType type) {
    return switch (type) {
      case Scalar scalar ->
          switch (scalar) {
            case TEXT, URL, REGEX, LABEL_NAME -> "";
            case SECRET -> Secret.EMPTY;
            case BOOL -> false;
            case OPTIONAL_BOOL, ANY -> null;
            case INT, UINT, SIZE -> 0L;
            case FLOAT -> 0.0;
            case DURATION -> Duration.ZERO;
          };
      case YamlType.Choice _ -> "";
      case YamlType.ListOf _ -> List.of();
      case YamlType.MapOf _ -> Map.of();
      case YamlType.Nested _ -> null;
    };
  }
}
