package io.narthex.promql.syntax;

import io.narthex.model.labels.Labels;
import io.narthex.model.labels.Matcher;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Reads PromQL. All methods are safe for any number of threads, and all throw {@link
 * ParseException} for whatever text they do not understand.
 *
 * <p>Positions and the words of errors are those of Prometheus 3.14; of several errors only the
 * first is reported.
 */
public final class Parser {
  /** Most levels of parentheses, calls and signs in each other. */
  public static final int MAX_DEPTH = 2_000;

  /** Levels for which any thread's stack does. */
  private static final int SHALLOW_DEPTH = 150;

  /** A level takes up to about 2 kB, so this is several times what {@link #MAX_DEPTH} needs. */
  private static final long STACK_BYTES = 32L << 20;

  private Parser() {}

  /** A query: its tree, type-checked. */
  public static Expr parse(String text, ParserFeatures features) throws ParseException {
    return parse(text.getBytes(StandardCharsets.UTF_8), features);
  }

  /** A query in UTF-8; malformed bytes are an error where they are not in a comment. */
  public static Expr parse(byte[] text, ParserFeatures features) throws ParseException {
    Nesting nesting = new Nesting(SHALLOW_DEPTH);
    try {
      return parse(text, features, nesting);
    } catch (ParseException e) {
      if (nesting.exceeded()) {
        return LargeStack.call(
            "promql-parse-deep", STACK_BYTES, () -> parse(text, features, new Nesting(MAX_DEPTH)));
      }
      throw e;
    }
  }

  static Expr parse(byte[] text, ParserFeatures features, Nesting nesting) throws ParseException {
    Expr expr = new ExprParser(new TokenStream(text, false), features, nesting).query();
    new Checker(text).check(expr);
    return expr;
  }

  /** A selector without modifiers, as in {@code match[]}. It may select everything. */
  public static List<Matcher> parseSelector(String text) throws ParseException {
    TokenStream tokens = new TokenStream(text.getBytes(StandardCharsets.UTF_8), false);
    VectorSelector selector = new SelectorParser(tokens).selector();
    expectEnd(tokens);
    return selector.matchers();
  }

  /** A metric: {@code name{label="value"}}. */
  public static Labels parseMetric(String text) throws ParseException {
    TokenStream tokens = new TokenStream(text.getBytes(StandardCharsets.UTF_8), false);
    Labels labels = new SelectorParser(tokens).metric();
    expectEnd(tokens);
    return labels;
  }

  /** A line of a test script: a metric and its values. */
  public static SeriesDescription parseSeries(String text) throws ParseException {
    TokenStream tokens = new TokenStream(text.getBytes(StandardCharsets.UTF_8), true);
    return new SeriesParser(tokens).series();
  }

  private static void expectEnd(TokenStream tokens) throws ParseException {
    if (tokens.peek() != TokenType.EOF) {
      throw tokens.unexpected("", "");
    }
  }
}
