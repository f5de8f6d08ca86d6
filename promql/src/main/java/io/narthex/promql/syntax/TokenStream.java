package io.narthex.promql.syntax;

import io.narthex.model.labels.GoQuote;
import java.nio.charset.StandardCharsets;

/**
 * Tokens with one of lookahead, and the errors about them.
 *
 * <p>A token is read only when a decision needs it. That matters: errors of the lexer come up when
 * a token is read, those of the parser when an expression is complete, and the first one wins. It
 * also decides how far a modifier reaches, since its end is that of the last closing token read.
 */
final class TokenStream {
  private final Lexer lexer;
  private boolean ahead;
  private int lastClosing;

  TokenStream(byte[] input, boolean inSeries) {
    lexer = new Lexer(input, inSeries);
  }

  /** Type of the token that comes next. */
  TokenType peek() throws ParseException {
    if (!ahead) {
      read();
    }
    return lexer.type;
  }

  /** Takes the token that comes next; its text and position stay until the next is read. */
  TokenType take() throws ParseException {
    TokenType type = peek();
    ahead = false;
    return type;
  }

  boolean takeIf(TokenType type) throws ParseException {
    if (peek() != type) {
      return false;
    }
    ahead = false;
    return true;
  }

  private void read() throws ParseException {
    do {
      lexer.next();
    } while (lexer.type == TokenType.COMMENT);
    ahead = true;
    switch (lexer.type) {
      case RIGHT_BRACE, RIGHT_PAREN, RIGHT_BRACKET, DURATION, NUMBER -> lastClosing = lexer.end;
      default -> {}
    }
  }

  /** Where the token read last stands. */
  PositionRange position() {
    return new PositionRange(lexer.start, lexer.end);
  }

  int start() {
    return lexer.start;
  }

  /** Text of the token read last. */
  String text() {
    return new String(lexer.input(), lexer.start, lexer.end - lexer.start, StandardCharsets.UTF_8);
  }

  /** Text of the string token read last, without quotes and escapes. */
  String unquoted() {
    return StringEscapes.unquote(lexer.input(), lexer.start, lexer.end);
  }

  byte[] input() {
    return lexer.input();
  }

  /** End of the last token read that can close an expression. */
  int lastClosing() {
    return lastClosing;
  }

  /**
   * End of the last but one closing parenthesis where the token read last is one as well, behind
   * nothing but blanks: the end of an aggregation whose parser had to look at what follows.
   */
  int closingBeforeLookahead() {
    byte[] input = lexer.input();
    int last = lexer.start;
    if (lastClosing <= 0 || last <= 0 || last >= input.length || input[last] != ')') {
      return lastClosing;
    }
    for (int i = last - 1; i > 0; i--) {
      if (input[i] == ')') {
        return i + 1;
      }
      if (!Scanner.isSpace(input[i])) {
        break;
      }
    }
    return lastClosing;
  }

  ParseException fail(PositionRange position, String message) {
    return new ParseException(lexer.input(), position, message);
  }

  /** The token read last cannot stand where it does. */
  ParseException unexpected(String context, String expected) {
    StringBuilder message = new StringBuilder("unexpected ");
    message.append(TokenText.describe(lexer.type, text()));
    if (!context.isEmpty()) {
      message.append(" in ").append(context);
    }
    if (!expected.isEmpty()) {
      message.append(", expected ").append(expected);
    }
    return fail(position(), message.toString());
  }

  /** The number that the token read last is. */
  double number() throws ParseException {
    try {
      return NumberText.parse(text());
    } catch (NumberFormatException e) {
      throw fail(
          position(),
          "error parsing number: strconv.ParseFloat: parsing "
              + GoQuote.quote(text())
              + ": "
              + e.getMessage());
    }
  }

  /** Seconds of the duration that the token read last is. */
  double durationSeconds() throws ParseException {
    try {
      return DurationText.parseNanos(text()) / 1e9;
    } catch (IllegalArgumentException e) {
      throw fail(position(), String.valueOf(e.getMessage()));
    }
  }
}
