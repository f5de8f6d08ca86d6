package io.narthex.exposition.text;

import io.narthex.exposition.Entry;
import io.narthex.exposition.ExpositionException;
import io.narthex.exposition.SpanPredictor;
import io.narthex.exposition.lex.LexedCursor;
import io.narthex.exposition.lex.Token;
import io.narthex.model.labels.Labels;
import io.narthex.model.metadata.MetricType;
import io.narthex.model.value.Exemplar;

/**
 * Reads the text format 0.0.4.
 *
 * <p>Source of the behaviour: Prometheus' model/textparse/promparse.go and promlex.l.
 */
public final class TextCursor extends LexedCursor {
  private boolean isComment;

  public TextCursor(SpanPredictor predictor) {
    super(new TextLexer(), predictor);
  }

  @Override
  public void reset(byte[] body, int length) {
    // The line break behind the body belongs to it: the last line may come without one.
    start(body, length, true);
  }

  @Override
  public Entry next() {
    while (true) {
      if (atLineStart()) {
        int c = peek();
        if (c == '\n') {
          skipByte();
          continue;
        }
        if (c != '#' && quickSample()) {
          return Entry.SERIES;
        }
      }
      beginLine();
      Token token = token();
      switch (token) {
        case EOF -> {
          return Entry.END;
        }
        case LINEBREAK -> {}
        case HELP, TYPE -> {
          return metadata(token);
        }
        case COMMENT -> {
          return comment();
        }
        case METRIC_NAME, BRACE_OPEN -> {
          sample(token);
          return Entry.SERIES;
        }
        case INVALID,
            WHITESPACE,
            UNIT,
            EOF_WORD,
            TEXT,
            QUOTED_STRING,
            BRACE_CLOSE,
            LABEL_NAME,
            LABEL_VALUE,
            COMMA,
            EQUAL,
            TIMESTAMP,
            VALUE ->
            throw unexpected("expected a valid start token", token);
      }
    }
  }

  @Override
  protected Token token() {
    Token token;
    do {
      token = nextRaw();
    } while (token == Token.WHITESPACE);
    return token;
  }

  @Override
  protected boolean strictCommas() {
    return false;
  }

  @Override
  protected boolean integerTimestamp(long number) {
    timestamp = number;
    return true;
  }

  private Entry metadata(Token keyword) {
    isComment = false;
    familyName(keyword);
    Token token = token();
    if (token != Token.TEXT) {
      throw new ExpositionException("expected text in " + keyword + ", got " + token);
    }
    takeText(1, 0);
    if (keyword == Token.TYPE) {
      type = metricType();
    } else {
      requireUtf8Help();
    }
    requireLinebreak("linebreak expected after metadata");
    return keyword == Token.TYPE ? Entry.TYPE : Entry.HELP;
  }

  private MetricType metricType() {
    if (textEquals("counter")) {
      return MetricType.COUNTER;
    }
    if (textEquals("gauge")) {
      return MetricType.GAUGE;
    }
    if (textEquals("histogram")) {
      return MetricType.HISTOGRAM;
    }
    if (textEquals("summary")) {
      return MetricType.SUMMARY;
    }
    if (textEquals("untyped")) {
      return MetricType.UNKNOWN;
    }
    throw invalidType();
  }

  private Entry comment() {
    isComment = true;
    takeText(0, 0);
    requireLinebreak("linebreak expected after comment");
    return Entry.COMMENT;
  }

  private void requireLinebreak(String expected) {
    Token token = token();
    if (token != Token.LINEBREAK) {
      throw unexpected(expected, token);
    }
  }

  private void sample(Token first) {
    Token token = span(first);
    requireName();
    if (token != Token.VALUE) {
      throw unexpected("expected value after metric", token);
    }
    value = number(0);
    hasTimestamp = false;
    token = token();
    if (token == Token.TIMESTAMP) {
      hasTimestamp = true;
      timestamp = integer();
      token = token();
      if (token != Token.LINEBREAK) {
        throw unexpected("expected next entry after timestamp", token);
      }
    } else if (token != Token.LINEBREAK) {
      throw unexpected("expected timestamp or new record", token);
    }
  }

  @Override
  public boolean hasExemplar() {
    return false;
  }

  @Override
  public Exemplar exemplar() {
    return new Exemplar(Labels.EMPTY, 0, 0, false);
  }

  @Override
  public String text() {
    return isComment ? rawText() : unescapedText(false);
  }
}
