package io.narthex.tool;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** A file of JSON objects, one a line, as maps of maps, lists and texts; {@code null} as such. */
final class JsonRows {
  private JsonRows() {}

  static List<Map<?, ?>> read(Path file) throws IOException {
    List<Map<?, ?>> rows = new ArrayList<>();
    for (String line : Files.readAllLines(file)) {
      try (JsonParser in =
          JsonFactory.builder().build().createParser(ObjectReadContext.empty(), line)) {
        in.nextToken();
        rows.add((Map<?, ?>) value(in));
      }
    }
    return rows;
  }

  private static Object value(JsonParser in) {
    return switch (in.currentToken()) {
      case START_OBJECT -> {
        Map<String, Object> map = new LinkedHashMap<>();
        while (in.nextToken() != JsonToken.END_OBJECT) {
          String name = in.currentName();
          in.nextToken();
          map.put(name, value(in));
        }
        yield map;
      }
      case START_ARRAY -> {
        List<Object> list = new ArrayList<>();
        while (in.nextToken() != JsonToken.END_ARRAY) {
          list.add(value(in));
        }
        yield list;
      }
      default -> in.getString() == null ? "null" : in.getString();
    };
  }
}
