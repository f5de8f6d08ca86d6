package io.narthex.exposition.openmetrics;

import io.narthex.exposition.Entry;
import io.narthex.exposition.ExpositionException;
import io.narthex.exposition.SpanPredictor;
import io.narthex.exposition.lex.LexedCursor;
import io.narthex.exposition.lex.Token;
import io.narthex.model.metadata.MetricType;
import io.narthex.model.value.Exemplar;
import java.util.Arrays;

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

  public OpenMetricsCursor(SpanPredictor predictor) {
    super(new OpenMetricsLexer(), predictor);
  }

  @Override
  public void reset(byte[] body, int length) {
    start(body, length, false);
  }

  @Override
  public Entry next() {
    hasExemplar = false;
    if (atLineStart() && peek() != '#' && quickSample()) {
      return Entry.SERIES;
    }
    beginLine();
    Token token = token();
    return switch (token) {
      case EOF_WORD -> end();
      case EOF -> throw noEnd();
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
    if (token() != Token.EOF) {
      throw new ExpositionException("unexpected data after # EOF");
    }
    return Entry.END;
  }

  private static ExpositionException noEnd() {
    return new ExpositionException("data does not end with # EOF");
  }

  private Entry metadata(Token keyword) {
    familyName(keyword);
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
