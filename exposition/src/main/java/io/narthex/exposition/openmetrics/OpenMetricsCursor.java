package io.narthex.exposition.openmetrics;

import io.narthex.exposition.Entry;
import io.narthex.exposition.ExpositionException;
import io.narthex.exposition.SpanPredictor;
import io.narthex.exposition.lex.LexedCursor;
import io.narthex.exposition.lex.Token;
import io.narthex.model.metadata.MetricType;
import io.narthex.model.value.Exemplar;
import java.util.Arrays;
import java.util.Optional;

/**
 * Reads OpenMetrics 1.0, as leniently as Prometheus does: families may be mixed up, suffixes are
 * not checked, but a body must end with {@code # EOF}.
 *
 * <p>Source of the behaviour: Prometheus' model/textparse/openmetricsparse.go and openmetricslex.l.
 */
public final class OpenMetricsCursor extends LexedCursor {
  private int[] exemplarOffsets = new int[16];
  private int exemplarOffsetCount;
  private boolean hasExemplar;
  private double exemplarValue;
  private boolean hasExemplarTimestamp;
  private long exemplarTimestamp;

  private final Optional<StartTimestamps> startTimestamps;
  private int familyLength;

  /** Whether more of the body follows this piece. */
  private boolean more;

  public OpenMetricsCursor(SpanPredictor predictor) {
    this(predictor, false);
  }

  /**
   * @param startTimestamps whether {@code _created} lines are start timestamps of other series
   *     rather than series of their own
   */
  public OpenMetricsCursor(SpanPredictor predictor, boolean startTimestamps) {
    super(new OpenMetricsLexer(), predictor);
    this.startTimestamps = startTimestamps ? Optional.of(new StartTimestamps()) : Optional.empty();
  }

  /**
   * SERIES: when the counter, histogram or summary began, in milliseconds; 0 where that is not
   * known or not asked for. Looks ahead for the line that tells it.
   */
  @Override
  public long startTimestampMillis() {
    return startTimestamps.map(s -> s.of(this)).orElse(0L);
  }

  /** Makes this cursor read on from where another one stands. */
  void follow(OpenMetricsCursor that) {
    lookAheadFrom(that);
    familyLength = that.familyLength;
  }

  /** Whether the sample's series tells when others began. */
  boolean isCreatedSeries() {
    return StartTimestamps.applyTo(type) && createdName();
  }

  private boolean createdName() {
    locateLabels();
    return StartTimestamps.endsWithCreated(buffer(), offsets[0], offsets[1]);
  }

  /** Identifies the sample's series but for the suffix of its name and its bucket. */
  byte[] familyKey() {
    locateLabels();
    boolean created = StartTimestamps.endsWithCreated(buffer(), offsets[0], offsets[1]);
    int nameEnd =
        created
            ? offsets[1] - StartTimestamps.CREATED.length()
            : Math.min(offsets[1], offsets[0] + familyLength);
    return StartTimestamps.key(buffer(), offsets, offsetCount, nameEnd, type);
  }

  @Override
  public void reset(byte[] body, int length) {
    more = false;
    start(body, length, false);
  }

  /**
   * Starts on the first piece of a body that is too large for one array, and that ends behind a
   * line break. {@link #next} says END where the piece ends; then comes {@link #goOn}.
   */
  public void resetToFirst(byte[] piece, int length, boolean isLast) {
    reset(piece, length);
    more = !isLast;
  }

  /** Goes on with the next piece of the body. */
  public void goOn(byte[] piece, int length, boolean isLast) {
    MetricType current = type;
    resetToFirst(piece, length, isLast);
    type = current;
  }

  /** Where the line starts that is being read, or that is malformed. */
  public int lineStart() {
    return lineStart;
  }

  @Override
  public Entry next() {
    Entry entry = nextLine();
    while (entry == Entry.SERIES && startTimestamps.isPresent() && isCreatedSeries()) {
      entry = nextLine();
    }
    return entry;
  }

  /** The next entry, whatever it is good for. */
  Entry nextLine() {
    hasExemplar = false;
    if (atLineStart() && peek() != '#' && quickSample()) {
      return Entry.SERIES;
    }
    beginLine();
    Token token = token();
    return switch (token) {
      case EOF_WORD -> end();
      case EOF -> {
        if (!more) {
          throw noEnd();
        }
        yield Entry.END;
      }
      case HELP, TYPE, UNIT -> metadata(token);
      case METRIC_NAME, BRACE_OPEN -> {
        sample(token);
        yield Entry.SERIES;
      }
      case INVALID,
          LINEBREAK,
          WHITESPACE,
          COMMENT,
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
    };
  }

  @Override
  protected Token token() {
    return nextRaw();
  }

  @Override
  protected boolean strictCommas() {
    return true;
  }

  @Override
  protected boolean integerTimestamp(long seconds) {
    timestamp = seconds * 1000;
    // Larger numbers are not exact as a double, which is what the format's timestamps are read as.
    return seconds < 1L << 40;
  }

  private Entry end() {
    if (more || token() != Token.EOF) {
      throw new ExpositionException("unexpected data after # EOF");
    }
    return Entry.END;
  }

  private static ExpositionException noEnd() {
    return new ExpositionException("data does not end with # EOF");
  }

  private Entry metadata(Token keyword) {
    familyName(keyword);
    familyLength = familyEnd - familyStart;
    if (token() != Token.TEXT) {
      throw new ExpositionException("expected text in " + keyword);
    }
    takeText(1, 1);
    return switch (keyword) {
      case TYPE -> {
        type = metricType();
        yield Entry.TYPE;
      }
      case UNIT -> {
        checkUnit();
        yield Entry.UNIT;
      }
      default -> {
        requireUtf8Help();
        yield Entry.HELP;
      }
    };
  }

  private MetricType metricType() {
    for (MetricType candidate : TYPES) {
      if (textEquals(candidate.text())) {
        return candidate;
      }
    }
    throw invalidType();
  }

  private static final MetricType[] TYPES = MetricType.values();

  private void checkUnit() {
    int length = textEnd - textStart;
    if (length == 0) {
      return;
    }
    int suffix = familyEnd - length;
    byte[] b = buffer();
    boolean matches =
        suffix > familyStart
            && b[suffix - 1] == '_'
            && Arrays.equals(b, suffix, familyEnd, b, textStart, textEnd);
    if (!matches) {
      throw new ExpositionException(
          "unit "
              + quoted(textStart, textEnd)
              + " not a suffix of metric "
              + quoted(familyStart, familyEnd));
    }
  }

  private void sample(Token first) {
    Token token = span(first);
    requireName();
    value = floatValue(token, "metric");
    hasTimestamp = false;
    token = token();
    if (token == Token.EOF) {
      throw noEnd();
    }
    if (token == Token.COMMENT) {
      readExemplar();
    } else if (token == Token.TIMESTAMP) {
      hasTimestamp = true;
      timestamp = millis("invalid timestamp ");
      token = token();
      if (token == Token.COMMENT) {
        readExemplar();
      } else if (token != Token.LINEBREAK) {
        throw unexpected("expected next entry after timestamp", token);
      }
    }
    // Anything else is refused at the start of the next line, as Prometheus does.
  }

  private double floatValue(Token token, String after) {
    if (token != Token.VALUE) {
      throw unexpected("expected value after " + after, token);
    }
    return number(1);
  }

  private long millis(String complaint) {
    double seconds = number(1);
    if (Double.isNaN(seconds) || Double.isInfinite(seconds)) {
      throw new ExpositionException(
          complaint + (Double.isNaN(seconds) ? "NaN" : seconds > 0 ? "+Inf" : "-Inf"));
    }
    double millis = seconds * 1000;
    // Go's conversion of what does not fit.
    return Math.abs(millis) >= 0x1p63 ? Long.MIN_VALUE : (long) millis;
  }

  private void readExemplar() {
    int spanOffsets = offsetCount;
    labelList(true);
    keepExemplarOffsets(spanOffsets);
    exemplarValue = floatValue(token(), "exemplar labels");
    hasExemplarTimestamp = false;
    Token token = token();
    if (token == Token.EOF) {
      throw noEnd();
    }
    if (token == Token.TIMESTAMP) {
      hasExemplarTimestamp = true;
      exemplarTimestamp = millis("invalid exemplar timestamp ");
      token = token();
      if (token != Token.LINEBREAK) {
        throw unexpected("expected next entry after exemplar timestamp", token);
      }
    } else if (token != Token.LINEBREAK) {
      throw unexpected("expected timestamp or comment", token);
    }
    hasExemplar = true;
  }

  /** The labels of the exemplar were collected behind those of the sample. */
  private void keepExemplarOffsets(int from) {
    exemplarOffsetCount = offsetCount - from;
    if (exemplarOffsets.length < exemplarOffsetCount) {
      exemplarOffsets = new int[offsets.length];
    }
    System.arraycopy(offsets, from, exemplarOffsets, 0, exemplarOffsetCount);
    offsetCount = from;
  }

  @Override
  public boolean hasExemplar() {
    return hasExemplar;
  }

  @Override
  public Exemplar exemplar() {
    return new Exemplar(
        exemplarLabels(exemplarOffsets, exemplarOffsetCount),
        exemplarValue,
        exemplarTimestamp,
        hasExemplarTimestamp);
  }

  @Override
  public String text() {
    return unescapedText(true);
  }
}
