package io.narthex.exposition.lex;

import io.narthex.exposition.ExpositionCursor;
import io.narthex.exposition.ExpositionException;
import io.narthex.exposition.SpanPredictor;
import io.narthex.model.labels.Labels;
import io.narthex.model.metadata.MetricType;
import io.narthex.model.value.StaleMarker;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * The part of a cursor that both text formats share.
 *
 * <p>A sample's line is read in one of two ways. The quick way recognises the span (known from an
 * earlier body, or of the plain form), a number, and the end of the line. Whenever anything differs
 * from that, the line is read again, token by token, which knows all of the format and all errors.
 * Neither allocates; labels are taken apart only when they are asked for.
 */
public abstract class LexedCursor implements ExpositionCursor {
  private static final double NORMAL_NAN = Double.longBitsToDouble(StaleMarker.NORMAL_NAN_BITS);

  /** Where a metric name that braces may hold has not been found yet. */
  private static final int NO_NAME = -1;

  private SpanPredictor predictor;
  private final LabelsAssembler assembler = new LabelsAssembler();
  protected final Lexer lexer;
  protected final FloatScanner floats = new FloatScanner();

  /** Where the current line starts. */
  protected int lineStart;

  protected int spanEnd;
  protected double value;
  protected boolean hasTimestamp;
  protected long timestamp;
  protected MetricType type = MetricType.UNKNOWN;
  protected int familyStart;
  protected int familyEnd;
  protected int textStart;
  protected int textEnd;

  /** Start and end of the name, then of each label's name and value in turn. */
  protected int[] offsets = new int[2 + 4 * 16];

  protected int offsetCount;

  protected LexedCursor(Lexer lexer, SpanPredictor predictor) {
    this.lexer = lexer;
    this.predictor = predictor;
  }

  /**
   * Starts on a body. The byte behind it is made a line break, as a stop for quick scans.
   *
   * @param withStop whether that line break counts as part of the body
   */
  protected final void start(byte[] body, int length, boolean withStop) {
    byte[] roomy = length < body.length ? body : Arrays.copyOf(body, length + 1);
    roomy[length] = '\n';
    type = MetricType.UNKNOWN;
    lexer.reset(roomy, withStop ? length + 1 : length);
  }

  /** Whether the lexer is between two lines, as after every well-formed one. */
  protected final boolean atLineStart() {
    return lexer.state == Lexer.State.INIT && lexer.at < lexer.limit;
  }

  protected final int peek() {
    return lexer.bytes[lexer.at];
  }

  protected final void skipByte() {
    lexer.at++;
  }

  protected final void beginLine() {
    lineStart = lexer.at;
  }

  protected final Token nextRaw() {
    return lexer.next();
  }

  /** Makes the current token, without so many bytes at its ends, the entry's text. */
  protected final void takeText(int skipFirst, int skipLast) {
    textStart = Math.min(lexer.start + skipFirst, lexer.at);
    textEnd = Math.max(textStart, lexer.at - skipLast);
  }

  /** Reads the sample that starts at the current position the quick way, if it can. */
  protected final boolean quickSample() {
    byte[] b = lexer.bytes;
    int limit = lexer.limit;
    int at = lexer.at;
    int predicted = predictor.predict(b, at, limit);
    int end = at + predicted;
    if (predicted == 0 || b[end] != ' ') {
      end = SpanScanner.scan(b, at, limit);
      if (end < 0 || end >= limit || b[end] != ' ') {
        return false;
      }
    }
    if (!floats.scan(b, end + 1, limit)) {
      return false;
    }
    int lineEnd = floats.end();
    if (b[lineEnd] != '\n') {
      lineEnd = quickTimestamp(b, lineEnd, limit);
      if (lineEnd < 0) {
        return false;
      }
    } else {
      hasTimestamp = false;
    }
    if (lineEnd >= limit) {
      return false;
    }
    lineStart = at;
    spanEnd = end;
    value = canonical(floats.value());
    lexer.at = lineEnd + 1;
    return true;
  }

  /** Reads an integer timestamp up to the line's end, and yields that; -1 where it is unusual. */
  private int quickTimestamp(byte[] b, int from, int limit) {
    if (b[from] != ' ') {
      return -1;
    }
    long number = 0;
    int p = from + 1;
    int c;
    while (p < limit && (c = b[p] - '0') >= 0 && c <= 9) {
      number = number * 10 + c;
      p++;
    }
    int digits = p - from - 1;
    if (digits == 0 || digits > 18 || b[p] != '\n' || !integerTimestamp(number)) {
      return -1;
    }
    hasTimestamp = true;
    return p;
  }

  /**
   * Takes a timestamp that is written as an integer.
   *
   * @return false where the format reads it otherwise
   */
  protected abstract boolean integerTimestamp(long number);

  /** Whether a comma or the closing brace must follow a label. */
  protected abstract boolean strictCommas();

  protected final void addOffsets(int from, int to) {
    if (offsetCount + 2 > offsets.length) {
      offsets = Arrays.copyOf(offsets, offsets.length * 2);
    }
    offsets[offsetCount++] = from;
    offsets[offsetCount++] = to;
  }

  /** Reads the rest of a span of which the first token is known, and yields the token behind it. */
  protected final Token span(Token first) {
    offsetCount = 0;
    if (first == Token.BRACE_OPEN) {
      addOffsets(NO_NAME, NO_NAME);
      labelList(false);
      spanEnd = lexer.at;
      return token();
    }
    addOffsets(lineStart, lexer.at);
    spanEnd = lexer.at;
    Token next = token();
    if (next == Token.BRACE_OPEN) {
      labelList(false);
      spanEnd = lexer.at;
      next = token();
    }
    return next;
  }

  /** The next token that counts. */
  protected abstract Token token();

  /** Reads labels up to the closing brace. */
  protected final void labelList(boolean exemplar) {
    Token token = token();
    while (token != Token.BRACE_CLOSE) {
      int from = lexer.start;
      int to = lexer.at;
      boolean quoted = token == Token.QUOTED_STRING;
      if (!quoted && token != Token.LABEL_NAME) {
        throw unexpected("expected label name", token);
      }
      token = token();
      if (quoted && (token == Token.COMMA || token == Token.BRACE_CLOSE)) {
        quotedMetricName(from + 1, to - 1, token, exemplar);
        if (token == Token.COMMA) {
          token = token();
        }
        continue;
      }
      int trim = lexer.bytes[from] == '"' ? 1 : 0;
      addOffsets(from + trim, to - trim);
      labelValue(token);
      token = token();
      if (token == Token.COMMA) {
        token = token();
      } else if (strictCommas() && token != Token.BRACE_CLOSE) {
        throw unexpected("expected comma or brace close", token);
      }
    }
  }

  private void quotedMetricName(int from, int to, Token next, boolean exemplar) {
    if (exemplar) {
      throw unexpected("expected label name", next);
    }
    if (offsets[0] != NO_NAME) {
      throw new ExpositionException("metric name already set while parsing: " + quotedLine());
    }
    offsets[0] = from;
    offsets[1] = to;
  }

  private void labelValue(Token equal) {
    if (equal != Token.EQUAL) {
      throw unexpected("expected equal", equal);
    }
    Token token = token();
    if (token != Token.LABEL_VALUE) {
      throw unexpected("expected label value", token);
    }
    if (!ByteQuote.isUtf8(lexer.bytes, lexer.start, lexer.at)) {
      throw new ExpositionException(
          "invalid UTF-8 label value: " + ByteQuote.quote(lexer.bytes, lexer.start, lexer.at));
    }
    addOffsets(lexer.start + 1, lexer.at - 1);
  }

  protected final void requireName() {
    if (offsets[0] == NO_NAME) {
      throw new ExpositionException("metric name not set while parsing: " + quotedLine());
    }
  }

  /** Converts the current token but for so many bytes at its start. */
  protected final double number(int skip) {
    try {
      return canonical(floats.parse(lexer.bytes, lexer.start + skip, lexer.at));
    } catch (ExpositionException e) {
      throw new ExpositionException(e.getMessage() + " while parsing: " + quotedLine());
    }
  }

  /** Converts the current token, which consists of digits. */
  protected final long integer() {
    try {
      return Long.parseLong(
          new String(
              lexer.bytes, lexer.start, lexer.at - lexer.start, StandardCharsets.ISO_8859_1));
    } catch (NumberFormatException e) {
      throw new ExpositionException(
          "strconv.ParseInt: parsing "
              + quoted(lexer.start, lexer.at)
              + ": value out of range while parsing: "
              + quotedLine());
    }
  }

  private static double canonical(double number) {
    return Double.isNaN(number) ? NORMAL_NAN : number;
  }

  /** Reads the name of a family after a metadata keyword. */
  protected final void familyName(Token keyword) {
    Token token = token();
    if (token != Token.METRIC_NAME) {
      throw unexpected("expected metric name after " + keyword, token);
    }
    int trim = lexer.bytes[lexer.start] == '"' && lexer.bytes[lexer.at - 1] == '"' ? 1 : 0;
    familyStart = lexer.start + trim;
    familyEnd = lexer.at - trim;
  }

  protected final void requireUtf8Help() {
    if (!ByteQuote.isUtf8(lexer.bytes, textStart, textEnd)) {
      throw new ExpositionException(
          "help text "
              + ByteQuote.quote(lexer.bytes, textStart, textEnd)
              + " is not a valid utf8 string");
    }
  }

  protected final boolean textEquals(String word) {
    if (textEnd - textStart != word.length()) {
      return false;
    }
    for (int i = 0; i < word.length(); i++) {
      if (lexer.bytes[textStart + i] != word.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  protected final ExpositionException invalidType() {
    return new ExpositionException(
        "invalid metric type " + ByteQuote.quote(lexer.bytes, textStart, textEnd));
  }

  /** The line up to the current position, quoted. */
  protected final String quotedLine() {
    return ByteQuote.quote(lexer.bytes, lineStart, lexer.at);
  }

  protected final String quoted(int from, int to) {
    return ByteQuote.quote(lexer.bytes, from, to);
  }

  protected final ExpositionException unexpected(String expected, Token got) {
    int end = Math.min(lexer.limit, lexer.at + 1);
    return new ExpositionException(
        expected
            + ", got "
            + ByteQuote.quote(lexer.bytes, lexer.start, end)
            + " (\""
            + got
            + "\") while parsing: "
            + ByteQuote.quote(lexer.bytes, lineStart, end));
  }

  @Override
  public final Labels labels() {
    locateLabels();
    return assembler.series(lexer.bytes, offsets, offsetCount, type);
  }

  /** Finds the parts of the sample's span, which quick reading leaves out. */
  protected final void locateLabels() {
    int at = lexer.at;
    int start = lexer.start;
    Lexer.State state = lexer.state;
    lexer.at = lineStart;
    lexer.state = Lexer.State.INIT;
    span(token());
    lexer.at = at;
    lexer.start = start;
    lexer.state = state;
  }

  /** Continues where another cursor stands, without disturbing it. */
  protected final void lookAheadFrom(LexedCursor that) {
    lexer.bytes = that.lexer.bytes;
    lexer.limit = that.lexer.limit;
    lexer.at = that.lexer.at;
    lexer.start = that.lexer.start;
    lexer.state = that.lexer.state;
    type = that.type;
  }

  @Override
  public final List<String> emptyLabels() {
    return assembler.emptyLabels();
  }

  @Override
  public final String duplicateLabel() {
    return assembler.duplicateLabel();
  }

  @Override
  public final void predictor(SpanPredictor newPredictor) {
    predictor = newPredictor;
  }

  protected final Labels exemplarLabels(int[] positions, int count) {
    return assembler.exemplar(lexer.bytes, positions, count);
  }

  @Override
  public final byte[] buffer() {
    return lexer.bytes;
  }

  @Override
  public final int spanStart() {
    return lineStart;
  }

  @Override
  public final int spanEnd() {
    return spanEnd;
  }

  @Override
  public final double value() {
    return value;
  }

  @Override
  public final boolean hasTimestamp() {
    return hasTimestamp;
  }

  @Override
  public final long timestampMillis() {
    return timestamp;
  }

  @Override
  public final int familyStart() {
    return familyStart;
  }

  @Override
  public final int familyEnd() {
    return familyEnd;
  }

  @Override
  public final int textStart() {
    return textStart;
  }

  @Override
  public final int textEnd() {
    return textEnd;
  }

  @Override
  public final MetricType type() {
    return type;
  }

  @Override
  public final String family() {
    return assembler.text(lexer.bytes, familyStart, familyEnd);
  }

  protected final String rawText() {
    return assembler.text(lexer.bytes, textStart, textEnd);
  }

  /** The current text with escapes resolved. */
  protected final String unescapedText(boolean quotesToo) {
    return LabelsAssembler.unescape(rawText(), quotesToo);
  }
}
