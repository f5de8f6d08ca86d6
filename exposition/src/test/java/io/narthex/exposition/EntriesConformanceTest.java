package io.narthex.exposition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.narthex.exposition.openmetrics.OpenMetricsCursor;
import io.narthex.exposition.text.TextCursor;
import io.narthex.model.labels.Labels;
import io.narthex.model.labels.LabelsBuilder;
import io.narthex.model.value.Exemplar;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every entry of a body: kind, span, labels, value, time, exemplar. */
final class EntriesConformanceTest {
  @TestFactory
  Stream<DynamicTest> yieldsTheEntriesOfPrometheus() {
    return ConformanceData.rows("parsed_entries.jsonl").stream()
        .filter(row -> !Boolean.TRUE.equals(row.get("convert_classic_to_nhcb")))
        .map(
            row ->
                DynamicTest.dynamicTest(
                    row.get("format") + " " + row.get("input").toString().lines().findFirst(),
                    () -> check(row)));
  }

  @SuppressWarnings("unchecked")
  private static void check(Map<String, Object> row) {
    boolean text = row.get("format").equals("text");
    ExpositionCursor cursor =
        text
            ? new TextCursor(SpanPredictor.NONE)
            : new OpenMetricsCursor(
                SpanPredictor.NONE, Boolean.TRUE.equals(row.get("skip_created_series")));
    byte[] body = ConformanceData.bytes(row.get("input"));
    cursor.reset(body, body.length);
    int n = 0;
    for (Object expected : (List<Object>) row.get("entries")) {
      Entry entry = cursor.next();
      checkEntry(n++, cursor, entry, (Map<String, Object>) expected, row.containsKey("compare"));
    }
    assertThat(cursor.next()).isEqualTo(Entry.END);
  }

  private static void checkEntry(
      int n,
      ExpositionCursor cursor,
      Entry entry,
      Map<String, Object> expected,
      boolean spansOnly) {
    String context = "entry " + n + " " + expected;
    switch ((String) expected.get("entry")) {
      case "help" -> {
        assertThat(entry).as(context).isEqualTo(Entry.HELP);
        assertThat(cursor.family()).as(context).isEqualTo(expected.get("metric"));
        assertThat(cursor.text()).as(context).isEqualTo(expected.getOrDefault("help", ""));
      }
      case "type" -> {
        assertThat(entry).as(context).isEqualTo(Entry.TYPE);
        assertThat(cursor.family()).as(context).isEqualTo(expected.get("metric"));
        assertThat(cursor.type().text()).as(context).isEqualTo(expected.get("type"));
      }
      case "unit" -> {
        assertThat(entry).as(context).isEqualTo(Entry.UNIT);
        assertThat(cursor.family()).as(context).isEqualTo(expected.get("metric"));
        assertThat(cursor.text()).as(context).isEqualTo(expected.getOrDefault("unit", ""));
      }
      case "comment" -> {
        assertThat(entry).as(context).isEqualTo(Entry.COMMENT);
        assertThat(cursor.text()).as(context).isEqualTo(expected.get("text"));
      }
      case "series" -> {
        assertThat(entry).as(context).isEqualTo(Entry.SERIES);
        checkSeries(context, cursor, expected, spansOnly);
      }
      default -> fail("unknown " + context);
    }
  }

  private static void checkSeries(
      String context, ExpositionCursor cursor, Map<String, Object> expected, boolean spansOnly) {
    String span =
        new String(
            cursor.buffer(),
            cursor.spanStart(),
            cursor.spanEnd() - cursor.spanStart(),
            StandardCharsets.UTF_8);
    assertThat(span).as(context).isEqualTo(expected.get("metric"));
    if (cursor instanceof OpenMetricsCursor openMetrics) {
      assertThat((double) openMetrics.startTimestampMillis())
          .as(context)
          .isEqualTo(expected.getOrDefault("start_ms", 0.0));
    }
    if (spansOnly) {
      return;
    }
    assertThat(cursor.labels()).as(context).isEqualTo(labels(expected.get("labels")));
    assertThat(cursor.value()).as(context).isEqualTo(Double.valueOf(number(expected.get("value"))));
    assertThat(cursor.hasTimestamp()).as(context).isEqualTo(expected.containsKey("t_ms"));
    if (cursor.hasTimestamp()) {
      assertThat((double) cursor.timestampMillis()).as(context).isEqualTo(expected.get("t_ms"));
    }
    checkExemplars(context, cursor, expected);
  }

  private static void checkExemplars(
      String context, ExpositionCursor cursor, Map<String, Object> expected) {
    List<?> exemplars = (List<?>) expected.getOrDefault("exemplars", List.of());
    assertThat(cursor.hasExemplar()).as(context).isEqualTo(!exemplars.isEmpty());
    for (Object one : exemplars) {
      Map<?, ?> map = (Map<?, ?>) one;
      Exemplar exemplar = cursor.exemplar();
      assertThat(exemplar.labels()).as(context).isEqualTo(labels(map.get("labels")));
      assertThat(exemplar.value()).as(context).isEqualTo(Double.valueOf(number(map.get("value"))));
      assertThat(exemplar.hasTimestamp()).as(context).isEqualTo(map.containsKey("ts"));
      if (exemplar.hasTimestamp()) {
        assertThat((double) exemplar.timestampMillis()).as(context).isEqualTo(map.get("ts"));
      }
    }
  }

  private static double number(Object field) {
    return switch (field) {
      case Double number -> number;
      case String text ->
          switch (text) {
            case "NaN" -> Double.NaN;
            case "+Inf" -> Double.POSITIVE_INFINITY;
            default -> Double.NEGATIVE_INFINITY;
          };
      case null, default -> 0;
    };
  }

  private static Labels labels(Object field) {
    LabelsBuilder builder = new LabelsBuilder();
    if (field instanceof Map<?, ?> map) {
      map.forEach((name, value) -> builder.set((String) name, (String) value));
    }
    return builder.labels();
  }
}
