package io.narthex.exposition;

/** What a cursor stands on. */
public enum Entry {
  /** A sample: the span of its series, value, perhaps a timestamp and an exemplar. */
  SERIES,
  /** A TYPE line: family name and type. */
  TYPE,
  /** A HELP line: family name and text. */
  HELP,
  /** A UNIT line: family name and text. */
  UNIT,
  COMMENT,
  /** The body is over, and was well-formed to its end. */
  END
}
