package io.narthex.exposition;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** Reads the shared conformance folder in place; tests skip where it is absent. */
final class ConformanceData {
  private static final JsonFactory JSON = JsonFactory.builder().build();

  private ConformanceData() {}

  static Path folder() {
    String configured = System.getenv("NARTHEX_CONFORMANCE");
    Path root =
        configured != null
            ? Path.of(configured)
            : Path.of(System.getProperty("narthex.root", "."), "..", "shared", "conformance");
    Path folder = root.resolve("exposition").normalize();
    assumeTrue(
        Files.isDirectory(folder),
        "no conformance data at " + folder + "; set NARTHEX_CONFORMANCE");
    return folder;
  }

  static byte[] file(String name) {
    try {
      return Files.readAllBytes(folder().resolve(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static List<Map<String, Object>> rows(String name) {
    List<Map<String, Object>> rows = new ArrayList<>();
    for (String line : new String(file(name), StandardCharsets.UTF_8).split("\n")) {
      if (!line.isBlank()) {
        rows.add(row(line));
      }
    }
    return rows;
  }

  /** A text field; bytes that are no UTF-8 come as base64. */
  static byte[] bytes(Object field) {
    return field instanceof Map<?, ?> map
        ? Base64.getDecoder().decode((String) map.get("base64"))
        : ((String) field).getBytes(StandardCharsets.UTF_8);
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> row(String line) {
    try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), line)) {
      parser.nextToken();
      return (Map<String, Object>) value(parser);
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
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> Double.valueOf(parser.getString());
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      default -> "";
    };
  }
}
