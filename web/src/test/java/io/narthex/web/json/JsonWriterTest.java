package io.narthex.web.json;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.model.labels.Labels;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

final class JsonWriterTest {
  @FunctionalInterface
  private interface Content {
    void write(JsonWriter json) throws IOException;
  }

  private static String write(Content content) throws IOException {
    return write(content, 64 * 1024);
  }

  private static String write(Content content, int bufferSize) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    byte[] buffer = new byte[bufferSize];
    JsonWriter json = new JsonWriter(out, buffer);
    content.write(json);
    out.write(buffer, 0, json.buffered());
    return out.toString(StandardCharsets.UTF_8);
  }

  @Test
  void separatesMembersAndElements() throws IOException {
    String json =
        write(
            w -> {
              w.beginObject().name("a").number(1).name("b").beginArray();
              w.text("x").bool(true).nothing().beginObject().endObject().beginArray().endArray();
              w.endArray().name("c").bool(false).endObject();
            });
    assertThat(json).isEqualTo("{\"a\":1,\"b\":[\"x\",true,null,{},[]],\"c\":false}");
  }

  @Test
  void escapesTextsForHtmlAndLabelsNot() throws IOException {
    String odd = "<a href=\"x\">&\\\n\r\t\u0001\u2028é€\uD83D\uDE00\uD800.";
    assertThat(write(w -> w.text(odd)))
        .isEqualTo(
            "\"\\u003ca href=\\\"x\\\"\\u003e\\u0026\\\\\\n"
                + "\\r"
                + "\\t\\u0001\\u2028é€\uD83D\uDE00\\ufffd.\"");
    assertThat(write(w -> w.labels(Labels.of("l", odd))))
        .isEqualTo(
            "{\"l\":\"<a href=\\\"x\\\">&\\\\\\n\\r\\t\\u0001\u2028é€\uD83D\uDE00\uFFFD.\"}");
  }

  @ParameterizedTest
  @CsvSource({
    "0,0",
    "1,0.001",
    "10,0.010",
    "999,0.999",
    "1000,1",
    "1435781451781,1435781451.781",
    "-1,-0.001",
    "-1500,-1.500",
    "-9223309901257974000,-9223309901257974",
    "9223309901257974999,9223309901257974.999",
  })
  void writesMillisecondsAsSeconds(long millis, String expected) throws IOException {
    assertThat(write(w -> w.timestamp(millis))).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "0,0",
    "-0.0,-0",
    "1,1",
    "1e-6,0.000001",
    "9.9e-7,9.9e-07",
    "1e20,100000000000000000000",
    "1e21,1e+21",
    "1.7976931348623157e308,1.7976931348623157e+308",
    "0.1,0.1",
    "123456789.125,123456789.125",
    "NaN,NaN",
    "Infinity,+Inf",
    "-Infinity,-Inf",
  })
  void writesSampleValuesAsPrometheus(double value, String expected) throws IOException {
    assertThat(write(w -> w.sampleValue(value))).isEqualTo("\"" + expected + "\"");
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, -1, 9, 10, -10, 99, 100, Long.MAX_VALUE, Long.MIN_VALUE})
  void writesIntegers(long value) throws IOException {
    assertThat(write(w -> w.number(value))).isEqualTo(Long.toString(value));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void whatAParserReadsBackIsWhatWasWritten(long seed) throws IOException {
    Random random = new Random(seed);
    for (int i = 0; i < 300; i++) {
      Object tree = randomTree(random, 4);
      // Small buffers make values fall on their edges.
      String json = write(w -> writeTree(w, tree), 1024 + random.nextInt(64));
      try (JsonParser parser = new JsonFactory().createParser(ObjectReadContext.empty(), json)) {
        parser.nextToken();
        assertThat(readTree(parser)).as("seed %d round %d", seed, i).isEqualTo(tree);
        assertThat(parser.nextToken()).isNull();
      }
    }
  }

  private static Object randomTree(Random random, int depth) {
    int kind = random.nextInt(depth == 0 ? 4 : 6);
    return switch (kind) {
      case 0 -> randomText(random);
      case 1 -> random.nextLong();
      case 2 -> random.nextBoolean();
      case 3 -> randomFinite(random);
      case 4 -> {
        List<Object> list = new ArrayList<>();
        int n = random.nextInt(6);
        for (int i = 0; i < n; i++) {
          list.add(randomTree(random, depth - 1));
        }
        yield list;
      }
      default -> {
        Map<String, Object> map = new TreeMap<>();
        int n = random.nextInt(6);
        for (int i = 0; i < n; i++) {
          map.put(randomText(random), randomTree(random, depth - 1));
        }
        yield map;
      }
    };
  }

  private static double randomFinite(Random random) {
    double value;
    do {
      value = Double.longBitsToDouble(random.nextLong());
    } while (!Double.isFinite(value) || value == Math.rint(value));
    return value;
  }

  private static String randomText(Random random) {
    int length = random.nextInt(20) == 0 ? 3_000 : random.nextInt(30);
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < length; i++) {
      int c =
          switch (random.nextInt(4)) {
            case 0 -> random.nextInt(0x20);
            case 1 -> 0x20 + random.nextInt(0x5f);
            case 2 -> 0x80 + random.nextInt(0xd000);
            default -> 0x1_0000 + random.nextInt(0x10_0000);
          };
      out.appendCodePoint(c);
    }
    return out.toString();
  }

  private static void writeTree(JsonWriter json, Object tree) throws IOException {
    switch (tree) {
      case String text -> json.text(text);
      case Long number -> json.number(number);
      case Double number -> json.number(number);
      case Boolean value -> json.bool(value);
      case List<?> list -> {
        json.beginArray();
        for (Object element : list) {
          writeTree(json, element);
        }
        json.endArray();
      }
      case Map<?, ?> map -> {
        json.beginObject();
        for (Map.Entry<?, ?> entry : map.entrySet()) {
          json.name((String) entry.getKey());
          writeTree(json, entry.getValue());
        }
        json.endObject();
      }
      default -> throw new AssertionError(tree);
    }
  }

  private static Object readTree(JsonParser parser) {
    return switch (parser.currentToken()) {
      case VALUE_STRING -> parser.getString();
      case VALUE_NUMBER_INT -> parser.getLongValue();
      case VALUE_NUMBER_FLOAT -> parser.getDoubleValue();
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case START_ARRAY -> {
        List<Object> list = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          list.add(readTree(parser));
        }
        yield list;
      }
      case START_OBJECT -> {
        Map<String, Object> map = new TreeMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
          String name = parser.currentName();
          parser.nextToken();
          map.put(name, readTree(parser));
        }
        yield map;
      }
      default -> throw new AssertionError(parser.currentToken());
    };
  }
}
