package io.narthex.promql.syntax;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.narthex.model.histogram.CounterResetHint;
import io.narthex.model.histogram.FloatHistogram;
import io.narthex.model.labels.Labels;
import io.narthex.model.labels.LabelsBuilder;
import io.narthex.model.value.StaleMarker;
import io.narthex.promql.syntax.SequenceValue.FloatValue;
import io.narthex.promql.syntax.SequenceValue.HistogramValue;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;

/** The shared rows about series descriptions and the notation of histograms. */
final class SeriesConformanceTest {
  @Test
  void readsSeriesDescriptions() throws IOException, ParseException {
    for (Map<String, Object> row : ConformanceRows.read("series_desc.jsonl")) {
      String input = (String) row.get("input");
      if (row.get("ok").equals(false)) {
        refuses(input, row);
        continue;
      }
      SeriesDescription series = Parser.parseSeries(input);
      if (row.containsKey("labels")) {
        assertThat(series.labels()).as(input).isEqualTo(labels(row.get("labels")));
      }
      List<String> expected = new ArrayList<>();
      for (Object value : (List<?>) row.getOrDefault("values", List.of())) {
        expected.add(text(ConformanceRows.map(value)));
      }
      for (Object histogram : (List<?>) row.getOrDefault("histograms", List.of())) {
        expected.add(HistogramNotation.print(histogram(ConformanceRows.map(histogram))));
      }
      assertThat(series.values().stream().map(SeriesConformanceTest::text).toList())
          .as(input)
          .isEqualTo(expected);
    }
  }

  private static void refuses(String input, Map<String, Object> row) {
    AbstractThrowableAssert<?, ?> thrown =
        assertThatThrownBy(() -> Parser.parseSeries(input))
            .as(input)
            .isInstanceOf(ParseException.class);
    if (row.containsKey("error")) {
      thrown.hasMessage((String) row.get("error"));
    }
    if (row.containsKey("error_contains")) {
      thrown.hasMessageContaining((String) row.get("error_contains"));
    }
  }

  private static Labels labels(Object row) {
    LabelsBuilder labels = new LabelsBuilder();
    ConformanceRows.map(row).forEach((name, value) -> labels.set(name, (String) value));
    return labels.labels();
  }

  private static String text(Map<String, Object> value) {
    return value.containsKey("omitted")
        ? "_"
        : value.get("value") instanceof Double number
            ? number.toString()
            : (String) value.get("value");
  }

  private static String text(SequenceValue value) {
    return switch (value) {
      case SequenceValue.Gap _ -> "_";
      case FloatValue(double number) ->
          StaleMarker.is(number) ? "StaleNaN" : Double.toString(number);
      case HistogramValue(FloatHistogram histogram, _) -> HistogramNotation.print(histogram);
    };
  }

  @Test
  void printsHistogramsAndReadsThemBack() throws IOException, ParseException {
    for (Map<String, Object> row : ConformanceRows.read("histogram_notation.jsonl")) {
      String notation = (String) row.get("notation");
      FloatHistogram histogram = histogram(ConformanceRows.map(row.get("histogram")));
      assertThat(HistogramNotation.print(histogram)).isEqualTo(notation);
      SequenceValue read = Parser.parseSeries("{} " + notation).values().getFirst();
      assertThat(text(read)).isEqualTo(notation);
    }
  }

  private static FloatHistogram histogram(Map<String, Object> row) {
    String hint = (String) row.getOrDefault("counter_reset_hint", "unknown");
    return new FloatHistogram(
        CounterResetHint.valueOf(hint.toUpperCase(Locale.ROOT)),
        (int) number(row, "schema"),
        number(row, "z_bucket_w"),
        number(row, "z_bucket"),
        number(row, "count"),
        number(row, "sum"),
        spans(row.getOrDefault("pos_spans", List.of())),
        numbers(row.getOrDefault("pos_buckets", List.of())),
        spans(row.getOrDefault("neg_spans", List.of())),
        numbers(row.getOrDefault("neg_buckets", List.of())),
        numbers(row.getOrDefault("custom_values", List.of())));
  }

  private static double number(Map<String, Object> row, String name) {
    return (Double) row.getOrDefault(name, 0.0);
  }

  private static double[] numbers(Object list) {
    return ((List<?>) list).stream().mapToDouble(each -> (Double) each).toArray();
  }

  private static int[] spans(Object list) {
    return ((List<?>) list)
        .stream()
            .map(ConformanceRows::map)
            .flatMapToInt(
                span -> IntStream.of((int) number(span, "Offset"), (int) number(span, "Length")))
            .toArray();
  }
}
