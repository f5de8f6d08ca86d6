package io.narthex.promql.syntax;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** Reads rows of the shared conformance data as plain maps, lists, strings, doubles, booleans. */
final class ConformanceRows {
  private ConformanceRows() {}

  static List<Map<String, Object>> read(String file) throws IOException {
    Path path = folder().resolve("promql-parse").resolve(file);
    Assumptions.assumeTrue(Files.exists(path), () -> "no conformance data at " + path);
    List<Map<String, Object>> rows = new ArrayList<>();
    for (String line : Files.readAllLines(path)) {
      rows.add(map(value(line)));
    }
    return rows;
  }

  private static Path folder() {
    String given = System.getenv("NARTHEX_CONFORMANCE");
    if (given != null) {
      return Path.of(given);
    }
    String root = System.getProperty("narthex.root", "..");
    return Path.of(root).resolve("../shared/conformance").normalize();
  }

  @SuppressWarnings("unchecked")
  static Map<String, Object> map(Object value) {
    return (Map<String, Object>) value;
  }

  /** A text, or the bytes of one that is not valid UTF-8. */
  static byte[] bytes(Object value) {
    if (value instanceof String text) {
      return text.getBytes(StandardCharsets.UTF_8);
    }
    return Base64.getDecoder().decode((String) map(value).get("base64"));
  }

  static ParserFeatures features(Map<String, Object> row) {
    List<?> on = (List<?>) row.getOrDefault("features", List.of());
    return new ParserFeatures(
        on.contains("experimental-functions"),
        on.contains("duration-expr"),
        on.contains("extended-range-selectors"),
        on.contains("fill-modifiers"));
  }

  private static Object value(String json) {
    try (JsonParser parser = new JsonFactory().createParser(ObjectReadContext.empty(), json)) {
      parser.nextToken();
      return value(parser);
    }
  }

  private static Object value(JsonParser parser) {
    return switch (parser.currentToken()) {
      case START_OBJECT -> {
        Map<String, Object> map = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
          String name = parser.currentName();
          parser.nextToken();
          map.put(name, value(parser));
        }
        yield map;
      }
      case START_ARRAY -> {
        List<Object> list = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          list.add(value(parser));
        }
        yield list;
      }
      case VALUE_STRING -> parser.getString();
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> parser.getDoubleValue();
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      default -> "null";
    };
  }
}
