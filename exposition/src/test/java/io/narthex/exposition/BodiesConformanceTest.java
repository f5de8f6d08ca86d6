package io.narthex.exposition;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.exposition.negotiation.BodyFormat;
import io.narthex.exposition.negotiation.FormatNegotiation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Whole bodies: accepted, or refused with exactly Prometheus' message. */
final class BodiesConformanceTest {
  @TestFactory
  Stream<DynamicTest> acceptsAndRefusesAsPrometheus() {
    return ConformanceData.rows("bodies.jsonl").stream()
        .map(row -> DynamicTest.dynamicTest(row.toString(), () -> checkBody(row)));
  }

  private static void checkBody(Map<String, Object> row) {
    BodyFormat format = row.get("format").equals("text") ? BodyFormat.TEXT : BodyFormat.OPENMETRICS;
    String error = parse(format, ConformanceData.bytes(row.get("input")));
    if (Boolean.TRUE.equals(row.get("ok"))) {
      assertThat(error).isEmpty();
    } else if (Boolean.FALSE.equals(row.get("ok"))) {
      assertThat(error).isEqualTo(row.get("error"));
    }
  }

  /** The strict suite refuses more than the scraper does, so only its good bodies count here. */
  @TestFactory
  Stream<DynamicTest> readsGoodOpenMetrics() {
    return ConformanceData.rows("openmetrics-suite/index.jsonl").stream()
        .filter(row -> Boolean.TRUE.equals(row.get("ok")))
        .map(
            row ->
                DynamicTest.dynamicTest(
                    row.get("file").toString(),
                    () -> {
                      byte[] body = ConformanceData.file("openmetrics-suite/" + row.get("file"));
                      assertThat(parse(BodyFormat.OPENMETRICS, body)).isEmpty();
                    }));
  }

  @TestFactory
  Stream<DynamicTest> readsLargeBodies() throws IOException {
    Path folder = ConformanceData.folder().resolve("textparse");
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList().stream()
          .map(
              file ->
                  DynamicTest.dynamicTest(file.getFileName().toString(), () -> readLarge(file)));
    }
  }

  private static void readLarge(Path file) throws IOException {
    boolean text = file.toString().endsWith(".prom.txt");
    byte[] body = Files.readAllBytes(file);
    assertThat(parse(text ? BodyFormat.TEXT : BodyFormat.OPENMETRICS, body)).isEmpty();
  }

  /** The error of a body; empty where it has none. Labels and exemplars are read as well. */
  private static String parse(BodyFormat format, byte[] body) {
    ExpositionCursor cursor = FormatNegotiation.cursor(format, SpanPredictor.NONE);
    cursor.reset(Arrays.copyOf(body, body.length), body.length);
    try {
      Entry entry;
      while ((entry = cursor.next()) != Entry.END) {
        if (entry == Entry.SERIES) {
          assertThat(cursor.labels().metricName()).isNotNull();
          if (cursor.hasExemplar()) {
            assertThat(cursor.exemplar().labels()).isNotNull();
          }
        }
      }
      return "";
    } catch (ExpositionException e) {
      return e.getMessage();
    }
  }
}
