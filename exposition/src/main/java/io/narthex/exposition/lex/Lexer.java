package io.narthex.exposition.lex;

/**
 * Splits a body into tokens, with a state that says what may come next.
 *
 * <p>Error messages quote the bytes from the token's start up to and including the byte where the
 * lexer gave up, so the position after a refused token is part of the behaviour. NUL matches
 * nothing, but is stepped over within label values, help texts and comments.
 */
public abstract class Lexer {
  /** What the lexer is in the middle of. */
  protected enum State {
    INIT,
    COMMENT,
    META_NAME,
    META_TEXT,
    LABELS,
    LABEL_VALUE,
    VALUE,
    TIMESTAMP,
    EXEMPLAR,
    EXEMPLAR_VALUE,
    EXEMPLAR_TIMESTAMP
  }

  protected byte[] bytes = new byte[0];
  protected int limit;

  /** Where the next token starts; after a refused one, the byte that was refused. */
  protected int at;

  /** Where the current token starts. */
  protected int start;

  protected State state = State.INIT;

  final void reset(byte[] newBytes, int newLimit) {
    bytes = newBytes;
    limit = newLimit;
    at = 0;
    start = 0;
    state = State.INIT;
  }

  /** The next token. */
  protected abstract Token next();

  /** The byte at the current position, NUL at the end. */
  protected final int current() {
    return at < limit ? bytes[at] : 0;
  }

  /** Steps on and returns the byte there, NUL at the end. */
  protected final int advance() {
    at++;
    if (at >= limit) {
      return 0;
    }
    if (bytes[at] == 0 && skipsNul()) {
      do {
        at++;
      } while (at < limit && bytes[at] == 0);
      return at < limit ? bytes[at] : 0;
    }
    return bytes[at];
  }

  private boolean skipsNul() {
    return state == State.LABEL_VALUE || state == State.META_TEXT || state == State.COMMENT;
  }

  /** Reads a quoted string whose opening quote is the current byte. */
  protected final Token quoted(Token token, State after, boolean linebreaksAllowed) {
    int c = advance();
    while (true) {
      if (c == '"') {
        advance();
        state = after;
        return token;
      }
      if (c == '\\') {
        c = advance();
        if (c == '\n') {
          return Token.INVALID;
        }
      }
      if (c == 0 || (c == '\n' && !linebreaksAllowed)) {
        return Token.INVALID;
      }
      c = advance();
    }
  }

  /** Reads a name whose first byte is the current one. */
  protected final Token name(Token token, State after, boolean colonsAllowed) {
    int c;
    do {
      c = advance();
    } while (isNameStart(c, colonsAllowed) || (c >= '0' && c <= '9'));
    state = after;
    return token;
  }

  /** Takes the current byte as a whole token. */
  protected final Token single(Token token, State after) {
    advance();
    state = after;
    return token;
  }

  /** Steps over a word that starts at the current byte; says whether all of it was there. */
  protected final boolean word(String word) {
    for (int i = 0; i < word.length(); i++) {
      if (current() != word.charAt(i)) {
        return false;
      }
      advance();
    }
    return true;
  }

  protected static boolean isNameStart(int c, boolean colonsAllowed) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || c == '_'
        || (c == ':' && colonsAllowed);
  }
}
