package io.narthex.promqltest;

import io.narthex.promql.syntax.ParseException;
import io.narthex.promql.syntax.Parser;
import io.narthex.promql.syntax.ParserFeatures;
import io.narthex.promql.syntax.StringLiteral;

/** A string in double quotes or backquotes. */
final class GoStringLiteral {
  private GoStringLiteral() {}

  static String unquote(String text, ScriptLines lines) throws ScriptException {
    String literal = text.strip();
    if (literal.startsWith("\"") || literal.startsWith("`")) {
      try {
        if (Parser.parse(literal, ParserFeatures.STABLE) instanceof StringLiteral string) {
          return string.value();
        }
      } catch (ParseException e) {
        throw lines.fail("the expected string is not quoted correctly: " + e.detail());
      }
    }
    throw lines.fail("expect string needs a string in double quotes or backquotes");
  }
}
