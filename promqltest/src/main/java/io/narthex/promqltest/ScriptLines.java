package io.narthex.promqltest;

import io.narthex.model.time.PromDuration;
import io.narthex.promql.syntax.ParseException;
import io.narthex.promql.syntax.Parser;
import io.narthex.promql.syntax.SeriesDescription;

/** The lines of a script, trimmed and without comments, with a place in them. */
final class ScriptLines {
  private final String[] lines;
  private int at = -1;

  ScriptLines(String text) {
    lines = text.split("\n", -1);
    for (int i = 0; i < lines.length; i++) {
      String line = lines[i].strip();
      lines[i] = line.startsWith("#") ? "" : line;
    }
  }

  /** Moves to the next line that is not blank. */
  boolean nextCommand() {
    do {
      at++;
    } while (at < lines.length && lines[at].isEmpty());
    return at < lines.length;
  }

  /** Moves to the next line, unless a blank one ends the command. */
  boolean nextOfCommand() {
    if (at + 1 >= lines.length || lines[at + 1].isEmpty()) {
      return false;
    }
    at++;
    return true;
  }

  String current() {
    return lines[at];
  }

  /** Number of the current line, from 1. */
  int number() {
    return at + 1;
  }

  ScriptException fail(String message) {
    return new ScriptException(number(), message);
  }

  long duration(String text, String what) throws ScriptException {
    try {
      return PromDuration.parseMillis(text);
    } catch (IllegalArgumentException e) {
      throw fail("invalid " + what + " definition \"" + text + "\": " + e.getMessage());
    }
  }

  SeriesDescription series(String text) throws ScriptException {
    try {
      return Parser.parseSeries(text);
    } catch (ParseException e) {
      throw fail(String.valueOf(e.getMessage()));
    }
  }
}
