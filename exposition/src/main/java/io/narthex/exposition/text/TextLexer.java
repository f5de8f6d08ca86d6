package io.narthex.exposition.text;

import io.narthex.exposition.lex.Lexer;
import io.narthex.exposition.lex.Token;

/** Tokens of the text format; blanks and tabs may stand between any two of them. */
final class TextLexer extends Lexer {
  @Override
  protected Token next() {
    if (at >= limit) {
      return Token.EOF;
    }
    start = at;
    int c = bytes[at];
    if ((c == ' ' || c == '\t') && state != State.META_TEXT) {
      return whitespace();
    }
    return switch (state) {
      case INIT -> init(c);
      case META_NAME -> metaName(c);
      case META_TEXT -> metaText(c);
      case LABELS -> labels(c);
      case LABEL_VALUE -> c == '"' ? quoted(Token.LABEL_VALUE, State.LABELS, true) : Token.INVALID;
      case VALUE -> value(c);
      case TIMESTAMP -> timestamp(c);
      case COMMENT -> comment();
      case EXEMPLAR, EXEMPLAR_VALUE, EXEMPLAR_TIMESTAMP ->
          throw new IllegalStateException("BUG: the text format has no exemplars");
    };
  }

  private Token whitespace() {
    int c;
    do {
      c = advance();
    } while (c == ' ' || c == '\t');
    return Token.WHITESPACE;
  }

  private Token init(int c) {
    if (isNameStart(c, true)) {
      return name(Token.METRIC_NAME, State.VALUE, true);
    }
    return switch (c) {
      case '\n' -> single(Token.LINEBREAK, State.INIT);
      case '{' -> single(Token.BRACE_OPEN, State.LABELS);
      case '#' -> hash();
      // A NUL between two lines ends the body.
      case 0 -> single(Token.EOF, State.INIT);
      default -> Token.INVALID;
    };
  }

  private Token hash() {
    int c = advance();
    if (c != ' ' && c != '\t') {
      return comment();
    }
    while (c == ' ' || c == '\t') {
      c = advance();
    }
    state = State.COMMENT;
    Token keyword = c == 'H' ? Token.HELP : Token.TYPE;
    if (word(keyword == Token.HELP ? "HELP" : "TYPE") && (current() == ' ' || current() == '\t')) {
      do {
        c = advance();
      } while (c == ' ' || c == '\t');
      state = State.META_NAME;
      return keyword;
    }
    return comment();
  }

  /** Takes everything up to the line break, which stays. */
  private Token comment() {
    int c = current();
    while (c != '\n') {
      if (c == 0) {
        return Token.EOF;
      }
      c = advance();
    }
    state = State.INIT;
    return Token.COMMENT;
  }

  private Token metaName(int c) {
    if (c == '"') {
      return quoted(Token.METRIC_NAME, State.META_TEXT, true);
    }
    return isNameStart(c, true) ? name(Token.METRIC_NAME, State.META_TEXT, true) : Token.INVALID;
  }

  /** The rest of the line with the blanks before it; only blanks count as blanks. */
  private Token metaText(int first) {
    int c = first;
    boolean blank = true;
    while (c != '\n' && c != 0) {
      blank &= c == ' ' || c == '\t';
      c = advance();
    }
    if (blank && at > start) {
      return Token.WHITESPACE;
    }
    state = State.INIT;
    return Token.TEXT;
  }

  private Token labels(int c) {
    if (isNameStart(c, false)) {
      return name(Token.LABEL_NAME, State.LABELS, false);
    }
    return switch (c) {
      case '"' -> quoted(Token.QUOTED_STRING, State.LABELS, true);
      case '}' -> single(Token.BRACE_CLOSE, State.VALUE);
      case '=' -> single(Token.EQUAL, State.LABEL_VALUE);
      case ',' -> single(Token.COMMA, State.LABELS);
      default -> Token.INVALID;
    };
  }

  private Token value(int first) {
    int c = first;
    if (c == '{') {
      return single(Token.BRACE_OPEN, State.LABELS);
    }
    if (c == '\n' || c == 0) {
      return Token.INVALID;
    }
    while (c != '{' && c != ' ' && c != '\t' && c != '\n' && c != 0) {
      c = advance();
    }
    state = State.TIMESTAMP;
    return Token.VALUE;
  }

  private Token timestamp(int first) {
    int c = first;
    if (c == '\n') {
      return single(Token.LINEBREAK, State.INIT);
    }
    if (c < '0' || c > '9') {
      return Token.INVALID;
    }
    while (c >= '0' && c <= '9') {
      c = advance();
    }
    return Token.TIMESTAMP;
  }
}
