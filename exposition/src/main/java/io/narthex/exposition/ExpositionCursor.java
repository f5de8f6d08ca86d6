package io.narthex.exposition;

import io.narthex.model.labels.Labels;
import io.narthex.model.metadata.MetricType;
import io.narthex.model.value.Exemplar;
import java.util.List;

/**
 * Walks the entries of one body. Positions are offsets into {@link #buffer}; they, and all other
 * accessors, speak of the entry that {@link #next} has just reached and are undefined after entries
 * of another kind. A cursor is reused from body to body; it belongs to one thread at a time.
 */
public interface ExpositionCursor {
  /**
   * Starts on a body: the first {@code length} bytes of the buffer, which the caller must leave
   * alone until it is done. Where the buffer has room after the body the cursor may write one byte
   * there.
   */
  void reset(byte[] body, int length);

  /** Takes a predictor from the next body on; a cursor starts with the one it was made with. */
  void predictor(SpanPredictor predictor);

  /**
   * Moves to the next entry.
   *
   * @throws ExpositionException at the first violation of the format; the cursor is spent then
   */
  Entry next();

  /** The bytes that positions refer to. */
  byte[] buffer();

  /** SERIES: start of name and labels as they stand in the body. */
  int spanStart();

  /** SERIES: end (exclusive) of name and labels. */
  int spanEnd();

  /** SERIES: the value; any NaN is the normal NaN. */
  double value();

  /** SERIES: whether the line carries a time of its own. */
  boolean hasTimestamp();

  /** SERIES: the line's time in milliseconds. */
  long timestampMillis();

  /**
   * SERIES: since when the sample counts, in milliseconds; 0 where that is not known or not asked
   * for.
   */
  default long startTimestampMillis() {
    return 0;
  }

  /** SERIES: name and labels, sorted, unescaped, {@code le} and {@code quantile} normalised. */
  Labels labels();

  /**
   * SERIES, after {@link #labels}: names of labels that the line gives an empty value. Such a label
   * is absent, but a target may say so to keep a label of its own from being attached.
   */
  List<String> emptyLabels();

  /**
   * SERIES, after {@link #labels}: the name of a label that the line gives twice, which makes it
   * unusable; empty where there is none.
   */
  String duplicateLabel();

  /** SERIES: whether an exemplar follows the sample. */
  boolean hasExemplar();

  /** SERIES with an exemplar: the exemplar. */
  Exemplar exemplar();

  /** TYPE, HELP, UNIT: start of the family's name, without quotes. */
  int familyStart();

  int familyEnd();

  /** TYPE, HELP, UNIT, COMMENT: start of the text as it stands in the body. */
  int textStart();

  int textEnd();

  /** TYPE: the type. SERIES: the type of the last TYPE line. */
  MetricType type();

  /** TYPE, HELP, UNIT: the family's name. */
  String family();

  /** HELP, UNIT, COMMENT: the text, unescaped. */
  String text();
}
