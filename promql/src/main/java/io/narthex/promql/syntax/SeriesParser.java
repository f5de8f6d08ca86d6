package io.narthex.promql.syntax;

import io.narthex.model.histogram.FloatHistogram;
import io.narthex.model.labels.Labels;
import io.narthex.model.value.StaleMarker;
import io.narthex.promql.syntax.SequenceValue.FloatValue;
import io.narthex.promql.syntax.SequenceValue.HistogramValue;
import java.util.ArrayList;
import java.util.List;

/** Series descriptions: {@code name{label="value"} 1 2+3x5 _ stale {{sum:1}}x3}. */
final class SeriesParser {
  private static final int MAX_VALUES = 10_000_000;
  private static final String CONTEXT = "series values";

  private final TokenStream tokens;
  private final HistogramParser histograms;
  private final List<SequenceValue> values = new ArrayList<>();

  SeriesParser(TokenStream tokens) {
    this.tokens = tokens;
    this.histograms = new HistogramParser(tokens);
  }

  SeriesDescription series() throws ParseException {
    Labels labels = new SelectorParser(tokens).metric();
    while (tokens.takeIf(TokenType.SPACE)) {
      item();
    }
    if (tokens.peek() != TokenType.EOF) {
      throw tokens.unexpected(CONTEXT, "");
    }
    return new SeriesDescription(labels, values);
  }

  private void item() throws ParseException {
    switch (tokens.peek()) {
      case BLANK -> {
        tokens.take();
        repeat(SequenceValue.GAP, tokens.takeIf(TokenType.TIMES) ? repetitions() : 1);
      }
      case IDENTIFIER -> {
        tokens.take();
        stale(tokens.text());
      }
      case OPEN_HISTOGRAM -> histogramItem();
      case NUMBER, ADD, SUB -> floatItem(signedNumber());
      case SPACE, EOF -> {}
      default -> throw tokens.unexpected(CONTEXT, "");
    }
  }

  private void stale(String word) throws ParseException {
    SequenceValue marker = new FloatValue(StaleMarker.VALUE);
    if (word.matches("stalex[0-9]{1,8}")) {
      repeat(marker, 1 + checkedCount(Long.parseLong(word.substring(6))));
    } else if (word.equals("stale")) {
      repeat(marker, tokens.takeIf(TokenType.TIMES) ? 1 + repetitions() : 1);
    } else {
      throw tokens.unexpected(CONTEXT, "number or \"stale\"");
    }
  }

  private void floatItem(double first) throws ParseException {
    double increment = 0;
    boolean steps = tokens.peek().isSign();
    if (steps) {
      increment = signedNumber();
    }
    if (!tokens.takeIf(TokenType.TIMES)) {
      if (steps) {
        throw tokens.unexpected(CONTEXT, "");
      }
      values.add(new FloatValue(first));
      return;
    }
    int count = repetitions();
    double value = first;
    for (int i = 0; i <= count; i++) {
      values.add(new FloatValue(value));
      value = steps ? value + increment : value;
    }
  }

  private void histogramItem() throws ParseException {
    HistogramValue first = histograms.histogram();
    TokenType sign = tokens.peek();
    if (!sign.isSign()) {
      repeat(first, tokens.takeIf(TokenType.TIMES) ? 1 + repetitions() : 1);
      return;
    }
    tokens.take();
    if (tokens.peek() != TokenType.OPEN_HISTOGRAM) {
      throw tokens.unexpected(CONTEXT, "");
    }
    HistogramValue increment = histograms.histogram();
    if (!tokens.takeIf(TokenType.TIMES)) {
      throw tokens.unexpected(CONTEXT, "");
    }
    int count = repetitions();
    boolean hint = increment.hintWritten();
    FloatHistogram current = first.histogram();
    values.add(new HistogramValue(current, hint));
    for (int i = 0; i < count; i++) {
      current = combine(sign, current, increment.histogram());
      values.add(new HistogramValue(current, hint));
    }
  }

  private FloatHistogram combine(TokenType sign, FloatHistogram left, FloatHistogram right)
      throws ParseException {
    try {
      return HistogramSequence.next(left, right, sign == TokenType.ADD ? 1 : -1);
    } catch (IllegalArgumentException e) {
      throw tokens.fail(tokens.position(), String.valueOf(e.getMessage()));
    }
  }

  private void repeat(SequenceValue value, int count) throws ParseException {
    checkedCount((long) values.size() + count);
    for (int i = 0; i < count; i++) {
      values.add(value);
    }
  }

  private int repetitions() throws ParseException {
    if (!tokens.takeIf(TokenType.NUMBER)) {
      throw tokens.unexpected(CONTEXT, "");
    }
    String text = tokens.text();
    if (!text.matches("[0-9]{1,18}")) {
      throw tokens.fail(
          tokens.position(),
          "invalid repetition in series values: strconv.ParseUint: parsing "
              + TokenText.quote(text)
              + ": invalid syntax");
    }
    return checkedCount(Long.parseLong(text) + values.size()) - values.size();
  }

  private int checkedCount(long count) throws ParseException {
    if (count >= MAX_VALUES) {
      throw tokens.fail(
          tokens.position(), "more than " + MAX_VALUES + " values in a series description");
    }
    return (int) count;
  }

  private double signedNumber() throws ParseException {
    boolean negative = false;
    if (tokens.peek().isSign()) {
      negative = tokens.take() == TokenType.SUB;
    }
    if (!tokens.takeIf(TokenType.NUMBER)) {
      throw tokens.unexpected(CONTEXT, "");
    }
    return negative ? -tokens.number() : tokens.number();
  }
}
