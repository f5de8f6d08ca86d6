package io.narthex.config.yaml;

import io.narthex.config.yaml.YamlType.ListOf;
import io.narthex.config.yaml.YamlType.MapOf;
import io.narthex.config.yaml.YamlType.Nested;
import io.narthex.config.yaml.YamlType.Scalar;
import io.narthex.http.client.Secret;
import io.narthex.model.time.PromDuration;
import io.narthex.model.value.GoFloat;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Prints values as Prometheus prints its configuration: keys in the order of the section, empty
 * values left out unless they are to be shown, maps sorted, secrets masked.
 */
public final class YamlWriter {
  private final StringBuilder out = new StringBuilder();
  private final ScalarStyle scalars = new ScalarStyle(out);

  private YamlWriter() {}

  public static String write(Values values) {
    YamlWriter writer = new YamlWriter();
    writer.mapping(values, 0);
    return writer.out.toString();
  }

  private void mapping(Values values, int indent) {
    boolean first = true;
    for (Field field : values.section().fields().values()) {
      Object value = values.get(field.name());
      if (isPrinted(values, field, value)) {
        newLine(indent, first);
        first = false;
        scalars.write(field.name(), indent, true, false);
        out.append(':');
        entry(field.type(), value, indent);
      }
    }
    if (first) {
      out.append("{}\n");
    }
  }

  /** The first key of a list's mapping stands behind the dash. */
  private void newLine(int indent, boolean first) {
    boolean behindDash = first && !out.isEmpty() && out.charAt(out.length() - 1) == ' ';
    if (!behindDash) {
      out.repeat(' ', indent);
    }
  }

  private static boolean isPrinted(Values values, Field field, @Nullable Object value) {
    if (field.type() == Scalar.REGEX) {
      return values.isSet(field.name());
    }
    return field.shown() || !isEmpty(field.type(), value);
  }

  private static boolean isEmpty(YamlType type, @Nullable Object value) {
    return switch (value) {
      case null -> true;
      case Values nested -> type instanceof Nested known && !known.optional() && isZero(nested);
      case List<?> list -> list.isEmpty();
      case Map<?, ?> map -> map.isEmpty();
      default -> type != Scalar.OPTIONAL_BOOL && value.equals(YamlScalars.zero(type));
    };
  }

  private static boolean isZero(Values values) {
    for (Field field : values.section().fields().values()) {
      // A nested section that is always shown is a pointer upstream, and never zero.
      boolean pointer = field.shown() && field.type() instanceof Nested;
      if (pointer || !isEmpty(field.type(), values.get(field.name()))) {
        return false;
      }
    }
    return true;
  }

  /** What follows a key: a value on the same line or a block on the next ones. */
  private void entry(YamlType type, @Nullable Object value, int indent) {
    switch (value) {
      case Values nested when !isBlank(nested) -> {
        out.append('\n');
        mapping(nested, indent + 2);
      }
      case Map<?, ?> map when !map.isEmpty() -> {
        out.append('\n');
        map(type, map, indent + 2);
      }
      case List<?> list when !list.isEmpty() -> {
        if (type instanceof ListOf known && known.flow()) {
          flow(list, indent);
        } else {
          out.append('\n');
          list(type, list, indent);
        }
      }
      case null, default -> {
        out.append(' ');
        scalar(type, value, indent, false, false);
        out.append('\n');
      }
    }
  }

  private static boolean isBlank(Values values) {
    for (Field field : values.section().fields().values()) {
      if (isPrinted(values, field, values.get(field.name()))) {
        return false;
      }
    }
    return true;
  }

  private void list(YamlType type, List<?> list, int indent) {
    YamlType element = type instanceof ListOf known ? known.element() : Scalar.ANY;
    for (Object value : list) {
      out.repeat(' ', indent).append("- ");
      switch (value) {
        case Values nested when !isBlank(nested) -> mapping(nested, indent + 2);
        case Map<?, ?> map when !map.isEmpty() -> map(element, map, indent + 2);
        case null, default -> {
          scalar(element, value, indent, false, false);
          out.append('\n');
        }
      }
    }
  }

  private void flow(List<?> list, int indent) {
    out.append(" [");
    for (int i = 0; i < list.size(); i++) {
      out.append(i == 0 ? "" : ", ");
      scalar(Scalar.TEXT, list.get(i), indent, true, true);
    }
    out.append("]\n");
  }

  private void map(YamlType type, Map<?, ?> map, int indent) {
    YamlType valueType = type instanceof MapOf known ? known.value() : Scalar.ANY;
    List<String> keys =
        map.keySet().stream().map(Object::toString).sorted(NaturalOrder::compare).toList();
    boolean first = true;
    for (String key : keys) {
      newLine(indent, first);
      first = false;
      scalars.write(key, indent, true, false);
      out.append(':');
      entry(valueType, map.get(key), indent);
    }
  }

  private void scalar(
      YamlType type, @Nullable Object value, int indent, boolean tight, boolean oneLineList) {
    switch (value) {
      case null -> out.append("null");
      case Values _ -> out.append("{}");
      case Map<?, ?> _ -> out.append("{}");
      case List<?> _ -> out.append("[]");
      case Secret secret -> out.append(secret.isEmpty() ? "null" : Secret.MASK);
      case Duration duration -> out.append(PromDuration.format(duration.toMillis()));
      case Long number when type == Scalar.SIZE -> out.append(ByteSize.format(number));
      case Long number -> out.append(number.longValue());
      case Boolean bool -> out.append(bool.booleanValue());
      case Double number -> out.append(GoFloat.shortest(number));
      case String text when type == Scalar.URL ->
          scalars.write(GoUrl.redacted(text), indent, tight, oneLineList);
      default -> scalars.write(value.toString(), indent, tight, oneLineList);
    }
  }
}
