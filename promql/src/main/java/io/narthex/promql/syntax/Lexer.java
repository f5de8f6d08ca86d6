package io.narthex.promql.syntax;

import java.util.Locale;

/**
 * Cuts a query into tokens. What a character means depends on where it stands (in braces, in
 * brackets, in a series description), so the lexer moves between modes.
 *
 * <p>{@link #next} leaves the token in {@link #type}, {@link #start} and {@link #end}. Errors carry
 * the place that Prometheus' lexer reports, which for strings and words is where they begin.
 */
final class Lexer {
  private enum Mode {
    STATEMENTS,
    DURATION,
    SERIES_VALUES,
    HISTOGRAM
  }

  private final Scanner scanner;
  private final boolean inSeries;
  private Mode mode = Mode.STATEMENTS;
  private int parens;
  private boolean inBraces;
  private boolean inBrackets;
  private boolean colonSeen;
  private boolean durationSeen;

  TokenType type = TokenType.EOF;
  int start;
  int end;

  /**
   * @param inSeries whether the input is a series description of a test script: a metric, then
   *     values
   */
  Lexer(byte[] input, boolean inSeries) {
    this.scanner = new Scanner(input);
    this.inSeries = inSeries;
  }

  byte[] input() {
    return scanner.input;
  }

  /** Moves to the next token; at the end there is any number of {@code EOF}. */
  void next() throws ParseException {
    boolean emitted;
    do {
      emitted =
          switch (mode) {
            case STATEMENTS -> inBraces ? insideBraces() : statement();
            case DURATION -> duration();
            case SERIES_VALUES -> seriesValue();
            case HISTOGRAM -> inBrackets ? bucket() : histogram();
          };
    } while (!emitted);
  }

  private boolean emit(TokenType token) {
    type = token;
    start = scanner.start;
    end = scanner.at;
    scanner.start = end;
    return true;
  }

  private ParseException fail(String message) {
    return new ParseException(
        scanner.input, new PositionRange(scanner.start, scanner.input.length), message);
  }

  private boolean skipSpaces() {
    scanner.skipSpaces();
    return false;
  }

  private boolean comment() {
    while (scanner.at < scanner.input.length
        && scanner.input[scanner.at] != '\n'
        && scanner.input[scanner.at] != '\r') {
      scanner.at++;
    }
    return emit(TokenType.COMMENT);
  }

  private boolean statement() throws ParseException {
    if (scanner.startsWith('#')) {
      return comment();
    }
    int c = scanner.next();
    if (Scanner.isSpace(c)) {
      return skipSpaces();
    }
    if (Scanner.isDigit(c) || (c == '.' && Scanner.isDigit(scanner.peek()))) {
      scanner.backup();
      return numberOrDuration();
    }
    if (Scanner.isAlpha(c) || c == ':') {
      return inBrackets ? wordInBrackets(c) : word();
    }
    return switch (c) {
      case Scanner.EOF -> endOfInput();
      case ',' -> emit(TokenType.COMMA);
      case '*' -> emit(TokenType.MUL);
      case '/' -> emit(TokenType.DIV);
      case '%' -> emit(TokenType.MOD);
      case '+' -> emit(TokenType.ADD);
      case '-' -> emit(TokenType.SUB);
      case '^' -> emit(TokenType.POW);
      case '@' -> emit(TokenType.AT);
      case '=', '!' -> equality(c);
      case '<', '>' -> inequality(c);
      case '"', '\'' -> string(c);
      case '`' -> rawString();
      case '(', ')' -> paren(c);
      case '{' -> {
        inBraces = true;
        yield emit(TokenType.LEFT_BRACE);
      }
      case '[' -> openBracket();
      case ']' -> closeBracket();
      default -> throw fail("unexpected character: " + TokenText.quoteRune(c));
    };
  }

  private boolean endOfInput() throws ParseException {
    if (parens != 0) {
      throw fail("unclosed left parenthesis");
    }
    if (inBrackets) {
      throw fail("unclosed left bracket");
    }
    return emit(TokenType.EOF);
  }

  private boolean equality(int first) throws ParseException {
    int c = scanner.next();
    if (c == '=') {
      return emit(first == '=' ? TokenType.EQUAL_EQUAL : TokenType.NOT_EQUAL);
    }
    if (first == '!' || c == '~') {
      throw fail("unexpected character after '" + (char) first + "': " + TokenText.quoteRune(c));
    }
    scanner.backup();
    return emit(TokenType.EQUAL);
  }

  private boolean inequality(int first) {
    boolean less = first == '<';
    if (scanner.accept("=")) {
      return emit(less ? TokenType.LESS_OR_EQUAL : TokenType.GREATER_OR_EQUAL);
    }
    if (scanner.accept("/")) {
      return emit(less ? TokenType.TRIM_UPPER : TokenType.TRIM_LOWER);
    }
    return emit(less ? TokenType.LESS : TokenType.GREATER);
  }

  private boolean paren(int c) throws ParseException {
    if (c == '(') {
      parens++;
      return emit(TokenType.LEFT_PAREN);
    }
    emit(TokenType.RIGHT_PAREN);
    if (--parens < 0) {
      throw fail("unexpected right parenthesis ')'");
    }
    return true;
  }

  private boolean openBracket() throws ParseException {
    if (inBrackets) {
      throw fail("unexpected left bracket '['");
    }
    colonSeen = false;
    emit(TokenType.LEFT_BRACKET);
    scanner.skipSpaces();
    inBrackets = true;
    mode = Mode.DURATION;
    return true;
  }

  private boolean closeBracket() throws ParseException {
    if (!inBrackets) {
      throw fail("unexpected right bracket ']'");
    }
    inBrackets = false;
    return emit(TokenType.RIGHT_BRACKET);
  }

  /** After the first number in brackets: only a colon or a duration keyword may follow. */
  private boolean wordInBrackets(int first) throws ParseException {
    if (first == ':') {
      if (colonSeen) {
        throw fail("unexpected colon ':'");
      }
      colonSeen = true;
      return emit(TokenType.COLON);
    }
    if (startsDurationKeyword(first) && durationKeyword()) {
      return true;
    }
    throw fail("unexpected character: " + TokenText.quoteRune(first) + ", expected ':'");
  }

  /** From the opening bracket, until the first number hands over to the statement mode. */
  private boolean duration() throws ParseException {
    int c = scanner.next();
    if (Scanner.isSpace(c)) {
      return skipSpaces();
    }
    if (startsDurationKeyword(c)) {
      if (durationKeyword()) {
        return true;
      }
      throw fail("unexpected character in duration expression: " + TokenText.quoteRune(c));
    }
    if (Scanner.isDigit(c) || (c == '.' && Scanner.isDigit(scanner.peek()))) {
      scanner.backup();
      durationSeen = true;
      mode = Mode.STATEMENTS;
      return numberOrDuration();
    }
    return switch (c) {
      case Scanner.EOF -> throw fail("unexpected end of input in duration expression");
      case ']' -> {
        inBrackets = false;
        colonSeen = false;
        mode = Mode.STATEMENTS;
        yield emit(TokenType.RIGHT_BRACKET);
      }
      case ':' -> durationColon();
      case '(', ')' -> paren(c);
      case '+' -> emit(TokenType.ADD);
      case '-' -> emit(TokenType.SUB);
      case '*' -> emit(TokenType.MUL);
      case '/' -> emit(TokenType.DIV);
      case '%' -> emit(TokenType.MOD);
      case '^' -> emit(TokenType.POW);
      case ',' -> emit(TokenType.COMMA);
      default ->
          throw fail("unexpected character in duration expression: " + TokenText.quoteRune(c));
    };
  }

  private boolean durationColon() throws ParseException {
    emit(TokenType.COLON);
    if (!durationSeen) {
      throw fail("unexpected colon before duration in duration expression");
    }
    if (colonSeen) {
      throw fail("unexpected repeated colon in duration expression");
    }
    colonSeen = true;
    return true;
  }

  private static boolean startsDurationKeyword(int c) {
    int lower = c | 0x20;
    return c < 0x80 && (lower == 's' || lower == 'r' || lower == 'm') && Scanner.isAlpha(c);
  }

  private boolean durationKeyword() {
    scanner.skipLetters();
    TokenType keyword = TokenType.ofWord(lowerCase());
    return switch (keyword) {
      case STEP, RANGE, MAX_OF, MIN_OF -> emit(keyword);
      default -> false;
    };
  }

  private boolean insideBraces() throws ParseException {
    if (scanner.startsWith('#')) {
      return comment();
    }
    int c = scanner.next();
    if (Scanner.isSpace(c)) {
      return skipSpaces();
    }
    if (Scanner.isAlpha(c)) {
      scanner.skipWord(false);
      return emit(TokenType.IDENTIFIER);
    }
    return switch (c) {
      case Scanner.EOF -> throw fail("unexpected end of input inside braces");
      case ',' -> emit(TokenType.COMMA);
      case '"', '\'' -> string(c);
      case '`' -> rawString();
      case '=' -> emit(scanner.accept("~") ? TokenType.EQUAL_REGEX : TokenType.EQUAL);
      case '!' -> notEqual();
      case '{' -> throw fail("unexpected left brace '{'");
      case '}' -> {
        inBraces = false;
        mode = inSeries ? Mode.SERIES_VALUES : Mode.STATEMENTS;
        yield emit(TokenType.RIGHT_BRACE);
      }
      default -> throw fail("unexpected character inside braces: " + TokenText.quoteRune(c));
    };
  }

  private boolean notEqual() throws ParseException {
    int c = scanner.next();
    return switch (c) {
      case '~' -> emit(TokenType.NOT_EQUAL_REGEX);
      case '=' -> emit(TokenType.NOT_EQUAL);
      default ->
          throw fail("unexpected character after '!' inside braces: " + TokenText.quoteRune(c));
    };
  }

  private boolean string(int quote) throws ParseException {
    while (true) {
      int c = scanner.next();
      if (c == quote) {
        return emit(TokenType.STRING);
      }
      switch (c) {
        case '\\' -> StringEscapes.check(scanner, quote);
        case 0xFFFD -> throw fail("invalid UTF-8 rune");
        case Scanner.EOF, '\n' -> throw fail("unterminated quoted string");
        default -> {}
      }
    }
  }

  private boolean rawString() throws ParseException {
    while (true) {
      switch (scanner.next()) {
        case '`' -> {
          return emit(TokenType.STRING);
        }
        case 0xFFFD -> throw fail("invalid UTF-8 rune");
        case Scanner.EOF -> throw fail("unterminated raw string");
        default -> {}
      }
    }
  }

  private boolean numberOrDuration() throws ParseException {
    if (scanner.number(inSeries)) {
      return emit(TokenType.NUMBER);
    }
    if (scanner.durationTail()) {
      return emit(TokenType.DURATION);
    }
    throw fail("bad number or duration syntax: " + TokenText.quote(scanner.decoded()));
  }

  private boolean number() throws ParseException {
    if (scanner.number(inSeries)) {
      return emit(TokenType.NUMBER);
    }
    throw fail("bad number syntax: " + TokenText.quote(scanner.decoded()));
  }

  private boolean word() {
    scanner.skipWord(true);
    TokenType token = TokenType.ofWord(lowerCase());
    switch (token) {
      case FILL, FILL_LEFT, FILL_RIGHT -> emit(parenFollows() ? token : TokenType.IDENTIFIER);
      case IDENTIFIER ->
          emit(scanner.text().indexOf(':') < 0 ? token : TokenType.METRIC_IDENTIFIER);
      default -> emit(token);
    }
    if (inSeries && !scanner.startsWith('{')) {
      mode = Mode.SERIES_VALUES;
    } else {
      mode = Mode.STATEMENTS;
    }
    return true;
  }

  /** The fill words are keywords only before a parenthesis, so that they stay names elsewhere. */
  private boolean parenFollows() {
    int i = scanner.at;
    while (i < scanner.input.length && Scanner.isSpace(scanner.input[i])) {
      i++;
    }
    return i < scanner.input.length && scanner.input[i] == '(';
  }

  private String lowerCase() {
    String word = scanner.text();
    for (int i = 0; i < word.length(); i++) {
      char c = word.charAt(i);
      if (c >= 'A' && c <= 'Z') {
        return word.toLowerCase(Locale.ROOT);
      }
    }
    return word;
  }

  private boolean seriesValue() throws ParseException {
    int c = scanner.next();
    if (Scanner.isSpace(c)) {
      return space();
    }
    if (Scanner.isDigit(c) || (c == '.' && Scanner.isDigit(scanner.peek()))) {
      scanner.backup();
      return number();
    }
    return switch (c) {
      case Scanner.EOF -> endOfInput();
      case '+' -> emit(TokenType.ADD);
      case '-' -> emit(TokenType.SUB);
      case 'x' -> emit(TokenType.TIMES);
      case '_' -> emit(TokenType.BLANK);
      case '{' -> {
        if (!scanner.accept("{")) {
          throw fail("unexpected character in series sequence: '{'");
        }
        mode = Mode.HISTOGRAM;
        yield emit(TokenType.OPEN_HISTOGRAM);
      }
      default -> {
        if (Scanner.isAlpha(c)) {
          yield word();
        }
        throw fail("unexpected character in series sequence: " + TokenText.quoteRune(c));
      }
    };
  }

  /** One token for a run of blanks; its text is the first of them. */
  private boolean space() {
    emit(TokenType.SPACE);
    scanner.skipSpaces();
    return true;
  }

  private boolean histogram() throws ParseException {
    int c = scanner.next();
    if (Scanner.isSpace(c)) {
      return space();
    }
    if (Scanner.isAlpha(c)) {
      return histogramWord();
    }
    if (Scanner.isDigit(c)) {
      scanner.backup();
      return number();
    }
    return switch (c) {
      case ':' -> emit(TokenType.COLON);
      case '-' -> emit(TokenType.SUB);
      case '[' -> {
        inBrackets = true;
        yield emit(TokenType.LEFT_BRACKET);
      }
      case '}' -> closeHistogram();
      default ->
          throw fail("histogram description incomplete unexpected: " + TokenText.quoteRune(c));
    };
  }

  private boolean closeHistogram() throws ParseException {
    if (!scanner.accept("}")) {
      throw fail("histogram description incomplete unexpected: '}'");
    }
    mode = Mode.SERIES_VALUES;
    return emit(TokenType.CLOSE_HISTOGRAM);
  }

  private boolean histogramWord() throws ParseException {
    scanner.skipLetters();
    String word = lowerCase();
    TokenType descriptor = TokenType.descriptor(word);
    if (descriptor != null) {
      if (scanner.startsWith(':')) {
        return emit(descriptor);
      }
      throw fail("missing `:` for histogram descriptor");
    }
    if (TokenType.ofWord(word) == TokenType.NUMBER) {
      return emit(TokenType.NUMBER);
    }
    TokenType hint = TokenType.resetHint(word);
    if (hint != null) {
      return emit(hint);
    }
    throw fail("bad histogram descriptor found: " + TokenText.quote(scanner.text()));
  }

  private boolean bucket() throws ParseException {
    int c = scanner.next();
    if (Scanner.isSpace(c)) {
      return space();
    }
    if (Scanner.isDigit(c)) {
      scanner.backup();
      return number();
    }
    if (Scanner.isAlpha(c)) {
      return TokenType.ofWord(lowerCase()) == TokenType.NUMBER && emit(TokenType.NUMBER);
    }
    return switch (c) {
      case '-' -> emit(TokenType.SUB);
      case ']' -> {
        inBrackets = false;
        yield emit(TokenType.RIGHT_BRACKET);
      }
      default -> throw fail("invalid character in buckets description: " + TokenText.quoteRune(c));
    };
  }
}
