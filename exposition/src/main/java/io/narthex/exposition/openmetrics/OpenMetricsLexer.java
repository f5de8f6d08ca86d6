package io.narthex.exposition.openmetrics;

import io.narthex.exposition.lex.Lexer;
import io.narthex.exposition.lex.Token;

/** Tokens of OpenMetrics, where every blank has its place: it belongs to the token behind it. */
final class OpenMetricsLexer extends Lexer {
  @Override
  protected Token next() {
    if (at >= limit) {
      return Token.EOF;
    }
    start = at;
    int c = bytes[at];
    return switch (state) {
      case INIT -> init(c);
      case META_NAME -> metaName(c);
      case META_TEXT -> metaText(c);
      case LABELS -> labels(c, State.LABELS);
      case LABEL_VALUE -> c == '"' ? quoted(Token.LABEL_VALUE, State.LABELS, false) : Token.INVALID;
      case VALUE ->
          c == '{'
              ? single(Token.BRACE_OPEN, State.LABELS)
              : blankAndWord(c, Token.VALUE, State.TIMESTAMP);
      case TIMESTAMP -> timestamp(c);
      case EXEMPLAR -> labels(c, State.EXEMPLAR);
      case EXEMPLAR_VALUE ->
          c == '"'
              ? quoted(Token.LABEL_VALUE, State.EXEMPLAR, false)
              : blankAndWord(c, Token.VALUE, State.EXEMPLAR_TIMESTAMP);
      case EXEMPLAR_TIMESTAMP ->
          c == '\n'
              ? single(Token.LINEBREAK, State.INIT)
              : blankAndWord(c, Token.TIMESTAMP, State.EXEMPLAR_TIMESTAMP);
      case COMMENT -> keyword(c);
    };
  }

  private Token init(int c) {
    if (isNameStart(c, true)) {
      return name(Token.METRIC_NAME, State.VALUE, true);
    }
    if (c == '{') {
      return single(Token.BRACE_OPEN, State.LABELS);
    }
    if (c != '#' || advance() != ' ') {
      return Token.INVALID;
    }
    int first = advance();
    state = State.COMMENT;
    return at < limit ? keyword(first) : Token.INVALID;
  }

  private Token keyword(int first) {
    return switch (first) {
      case 'H' -> metaKeyword("HELP ", Token.HELP);
      case 'T' -> metaKeyword("TYPE ", Token.TYPE);
      case 'U' -> metaKeyword("UNIT ", Token.UNIT);
      case 'E' -> eof();
      default -> Token.INVALID;
    };
  }

  private Token metaKeyword(String word, Token token) {
    if (!word(word)) {
      return Token.INVALID;
    }
    state = State.META_NAME;
    return token;
  }

  private Token eof() {
    if (!word("EOF")) {
      return Token.INVALID;
    }
    if (current() == '\n') {
      advance();
    }
    state = State.INIT;
    return Token.EOF_WORD;
  }

  private Token metaName(int c) {
    if (c == '"') {
      return quoted(Token.METRIC_NAME, State.META_TEXT, true);
    }
    return isNameStart(c, true) ? name(Token.METRIC_NAME, State.META_TEXT, true) : Token.INVALID;
  }

  /** A blank and the rest of the line with its line break. */
  private Token metaText(int first) {
    if (first != ' ') {
      return Token.INVALID;
    }
    int c;
    do {
      c = advance();
    } while (c != '\n' && c != 0);
    if (c == 0) {
      return Token.INVALID;
    }
    return single(Token.TEXT, State.INIT);
  }

  private Token labels(int c, State within) {
    boolean exemplar = within == State.EXEMPLAR;
    if (isNameStart(c, false)) {
      return name(Token.LABEL_NAME, within, false);
    }
    return switch (c) {
      case '"' -> quoted(Token.QUOTED_STRING, within, !exemplar);
      case '}' -> single(Token.BRACE_CLOSE, exemplar ? State.EXEMPLAR_VALUE : State.VALUE);
      case '=' -> single(Token.EQUAL, exemplar ? State.EXEMPLAR_VALUE : State.LABEL_VALUE);
      case ',' -> single(Token.COMMA, within);
      default -> Token.INVALID;
    };
  }

  private Token blankAndWord(int blank, Token token, State after) {
    if (blank != ' ') {
      return Token.INVALID;
    }
    int c = advance();
    if (c == ' ' || c == '\n' || c == 0) {
      return Token.INVALID;
    }
    return restOfWord(token, after);
  }

  private Token restOfWord(Token token, State after) {
    int c;
    do {
      c = advance();
    } while (c != ' ' && c != '\n' && c != 0);
    state = after;
    return token;
  }

  /** A timestamp, the end of the line, or the begin of an exemplar. */
  private Token timestamp(int first) {
    if (first == '\n') {
      return single(Token.LINEBREAK, State.INIT);
    }
    if (first != ' ') {
      return Token.INVALID;
    }
    int c = advance();
    if (c == '#') {
      c = advance();
      if (c == ' ') {
        return advance() == '{' ? single(Token.COMMENT, State.EXEMPLAR) : Token.INVALID;
      }
      if (c == '\n' || c == 0) {
        return Token.TIMESTAMP;
      }
      return restOfWord(Token.TIMESTAMP, State.TIMESTAMP);
    }
    if (c == ' ' || c == '\n' || c == 0) {
      return Token.INVALID;
    }
    return restOfWord(Token.TIMESTAMP, State.TIMESTAMP);
  }
}
