package io.narthex.promql.syntax;

import io.narthex.model.histogram.CounterResetHint;
import io.narthex.model.histogram.FloatHistogram;
import io.narthex.promql.syntax.SequenceValue.HistogramValue;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;

/** Histograms in test scripts: {@code {{schema:1 sum:0.3 buckets:[5 10 7]}}}. */
final class HistogramParser {
  private static final double[] NONE = new double[0];

  private final TokenStream tokens;
  private boolean anyDescriptor;

  HistogramParser(TokenStream tokens) {
    this.tokens = tokens;
  }

  HistogramValue histogram() throws ParseException {
    tokens.take();
    anyDescriptor = false;
    Map<TokenType, double[]> fields = new EnumMap<>(TokenType.class);
    tokens.peek();
    if (tokens.takeIf(TokenType.SPACE)) {
      if (!tokens.takeIf(TokenType.CLOSE_HISTOGRAM)) {
        throw unexpected();
      }
    } else if (!tokens.takeIf(TokenType.CLOSE_HISTOGRAM)) {
      descriptors(fields);
    }
    return build(fields);
  }

  private ParseException unexpected() {
    return anyDescriptor
        ? tokens.unexpected(
            "histogram description", "histogram description key, e.g. buckets:[5 10 7]")
        : tokens.unexpected("series values", "");
  }

  private void descriptors(Map<TokenType, double[]> fields) throws ParseException {
    boolean last;
    do {
      TokenType key = tokens.peek();
      if (key.kind() != TokenType.Kind.DESCRIPTOR) {
        throw unexpected();
      }
      tokens.take();
      if (!tokens.takeIf(TokenType.COLON)) {
        throw unexpected();
      }
      double[] value = value(key);
      if (fields.putIfAbsent(key, value) != null) {
        throw tokens.fail(PositionRange.NONE, "duplicate key \"" + key.text() + "\" in histogram");
      }
      anyDescriptor = true;
      boolean space = tokens.takeIf(TokenType.SPACE);
      last = tokens.takeIf(TokenType.CLOSE_HISTOGRAM);
      if (!last && !space) {
        throw unexpected();
      }
    } while (!last);
  }

  private double[] value(TokenType key) throws ParseException {
    return switch (key) {
      case SCHEMA_DESC, OFFSET_DESC, NEGATIVE_OFFSET_DESC -> new double[] {integer()};
      case BUCKETS_DESC, NEGATIVE_BUCKETS_DESC, CUSTOM_VALUES_DESC -> list();
      case COUNTER_RESET_HINT_DESC -> new double[] {hint().ordinal()};
      case ZERO_BUCKET_WIDTH_DESC -> {
        expect(TokenType.NUMBER);
        yield new double[] {tokens.number()};
      }
      default -> new double[] {number()};
    };
  }

  private void expect(TokenType type) throws ParseException {
    if (!tokens.takeIf(type)) {
      throw unexpected();
    }
  }

  private int integer() throws ParseException {
    boolean negative = tokens.takeIf(TokenType.SUB);
    expect(TokenType.NUMBER);
    String text = tokens.text();
    if (!text.matches("[0-9]{1,9}")) {
      throw tokens.fail(
          tokens.position(),
          "invalid repetition in series values: strconv.ParseUint: parsing "
              + TokenText.quote(text)
              + ": invalid syntax");
    }
    int value = Integer.parseInt(text);
    return negative ? -value : value;
  }

  private double number() throws ParseException {
    boolean negative = false;
    if (tokens.peek().isSign()) {
      negative = tokens.take() == TokenType.SUB;
    }
    expect(TokenType.NUMBER);
    return negative ? -tokens.number() : tokens.number();
  }

  private double[] list() throws ParseException {
    expect(TokenType.LEFT_BRACKET);
    double[] list = new double[8];
    int size = 0;
    do {
      if (size == list.length) {
        list = Arrays.copyOf(list, 2 * size);
      }
      list[size++] = number();
    } while (tokens.takeIf(TokenType.SPACE) && tokens.peek() != TokenType.RIGHT_BRACKET);
    expect(TokenType.RIGHT_BRACKET);
    return Arrays.copyOf(list, size);
  }

  private CounterResetHint hint() throws ParseException {
    CounterResetHint hint =
        switch (tokens.peek()) {
          case UNKNOWN_COUNTER_RESET -> CounterResetHint.UNKNOWN;
          case COUNTER_RESET -> CounterResetHint.RESET;
          case NOT_COUNTER_RESET -> CounterResetHint.NOT_RESET;
          case GAUGE_TYPE -> CounterResetHint.GAUGE;
          default -> throw unexpected();
        };
    tokens.take();
    return hint;
  }

  private static HistogramValue build(Map<TokenType, double[]> fields) {
    double[] positive = fields.getOrDefault(TokenType.BUCKETS_DESC, NONE);
    double[] negative = fields.getOrDefault(TokenType.NEGATIVE_BUCKETS_DESC, NONE);
    int hint = (int) single(fields, TokenType.COUNTER_RESET_HINT_DESC);
    FloatHistogram histogram =
        new FloatHistogram(
            CounterResetHint.values()[hint],
            (int) single(fields, TokenType.SCHEMA_DESC),
            single(fields, TokenType.ZERO_BUCKET_WIDTH_DESC),
            single(fields, TokenType.ZERO_BUCKET_DESC),
            single(fields, TokenType.COUNT_DESC),
            single(fields, TokenType.SUM_DESC),
            span(single(fields, TokenType.OFFSET_DESC), positive.length),
            positive,
            span(single(fields, TokenType.NEGATIVE_OFFSET_DESC), negative.length),
            negative,
            fields.getOrDefault(TokenType.CUSTOM_VALUES_DESC, NONE));
    return new HistogramValue(histogram, fields.containsKey(TokenType.COUNTER_RESET_HINT_DESC));
  }

  private static double single(Map<TokenType, double[]> fields, TokenType key) {
    double[] value = fields.get(key);
    return value == null ? 0 : value[0];
  }

  private static int[] span(double offset, int length) {
    return length == 0 ? new int[0] : new int[] {(int) offset, length};
  }
}
