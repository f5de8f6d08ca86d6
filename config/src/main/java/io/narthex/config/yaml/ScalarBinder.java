package io.narthex.config.yaml;

import io.narthex.config.yaml.YamlScalars.Resolved;
import io.narthex.config.yaml.YamlType.Choice;
import io.narthex.config.yaml.YamlType.Scalar;
import io.narthex.http.client.Secret;
import io.narthex.model.labels.GoQuote;
import io.narthex.model.labels.LabelName;
import io.narthex.model.labels.RegexMatcher;
import io.narthex.model.time.PromDuration;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.Tag;

/** Turns single nodes into values of the scalar types. */
final class ScalarBinder {
  private final Problems problems;

  ScalarBinder(Problems problems) {
    this.problems = problems;
  }

  /** The value, or null where it has been refused. */
  @Nullable Object bind(Node node, Scalar type, String path) {
    if (!(node instanceof ScalarNode scalar)) {
      mismatch(node, path, type.goName);
      return null;
    }
    return switch (type) {
      case BOOL, OPTIONAL_BOOL ->
          resolve(scalar).value() instanceof Boolean bool ? bool : wrong(scalar, path, type);
      case INT, UINT -> whole(scalar, type, path);
      case FLOAT ->
          switch (resolve(scalar).value()) {
            case Long whole -> (double) whole;
            case Double number -> number;
            case null, default -> wrong(scalar, path, type);
          };
      default -> {
        String text = text(scalar, path);
        yield text == null ? null : parsed(scalar, text, type, path);
      }
    };
  }

  /** The text where it is of the set, else null. */
  @Nullable Object bind(Node node, Choice type, String path) {
    if (!(node instanceof ScalarNode scalar)) {
      mismatch(node, path, type.goName());
      return null;
    }
    String text = text(scalar, path);
    if (text == null) {
      return null;
    }
    String wanted = type.ignoreCase() ? text.toLowerCase(Locale.ROOT) : text;
    if (type.accepted().contains(wanted)) {
      return wanted;
    }
    problems.add(node, path, type.error().replace("%q", GoQuote.quote(text)).replace("%s", text));
    return null;
  }

  Resolved resolve(ScalarNode scalar) {
    return scalar.isPlain()
        ? YamlScalars.resolve(scalar.getValue())
        : new Resolved("!!str", scalar.getValue());
  }

  void mismatch(Node node, String path, String goType) {
    String what =
        switch (node) {
          case ScalarNode scalar -> resolve(scalar).tag() + " `" + shortened(scalar) + "`";
          case MappingNode _ -> "!!map";
          default -> "!!seq";
        };
    problems.add(
        node, path, "yaml: unmarshal errors: cannot unmarshal " + what + " into " + goType);
  }

  private static String shortened(ScalarNode scalar) {
    String text = scalar.getValue();
    return text.length() > 10 ? text.substring(0, 7) + "..." : text;
  }

  private @Nullable Object wrong(ScalarNode node, String path, Scalar type) {
    mismatch(node, path, type.goName);
    return null;
  }

  private @Nullable Object whole(ScalarNode node, Scalar type, String path) {
    Object value = resolve(node).value();
    long whole;
    if (value instanceof Long number) {
      whole = number;
    } else if (value instanceof Double number && Math.abs(number) < Long.MAX_VALUE) {
      whole = number.longValue();
    } else {
      return wrong(node, path, type);
    }
    return type == Scalar.UINT && whole < 0 ? wrong(node, path, type) : (Object) whole;
  }

  private @Nullable String text(ScalarNode node, String path) {
    if (!node.getTag().equals(Tag.BINARY)) {
      return node.getValue();
    }
    try {
      return fromUtf8(Base64.getDecoder().decode(node.getValue().replaceAll("\\s", "")));
    } catch (IllegalArgumentException e) {
      problems.add(node, path, "yaml: !!binary value contains invalid base64 data");
      return null;
    }
  }

  /** Bytes that are no UTF-8 become unpaired surrogates, which no valid name or value holds. */
  private static String fromUtf8(byte[] bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      StringBuilder out = new StringBuilder();
      for (byte b : bytes) {
        out.append((char) (b < 0 ? 0xdc00 + (b & 0xff) : b));
      }
      return out.toString();
    }
  }

  private @Nullable Object parsed(ScalarNode node, String text, Scalar type, String path) {
    try {
      return switch (type) {
        case SECRET -> new Secret(text);
        case DURATION -> Duration.ofMillis(PromDuration.parseMillis(text));
        case SIZE -> ByteSize.parse(text);
        case URL -> {
          GoUrl.parse(text);
          yield text;
        }
        case REGEX -> {
          RegexMatcher.compile(text);
          yield text;
        }
        case LABEL_NAME -> {
          if (!LabelName.isValidUtf8(text)) {
            throw new IllegalArgumentException(GoQuote.quote(text) + " is not a valid label name");
          }
          yield text;
        }
        default -> text;
      };
    } catch (IllegalArgumentException e) {
      problems.add(node, path, e.getMessage());
      return null;
    }
  }
}
