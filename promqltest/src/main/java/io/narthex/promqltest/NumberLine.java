package io.narthex.promqltest;

import io.narthex.promql.syntax.NumberLiteral;
import io.narthex.promql.syntax.ParseException;
import io.narthex.promql.syntax.Parser;
import io.narthex.promql.syntax.ParserFeatures;
import java.util.Optional;

/** A line that is nothing but a number, so the expectation of a scalar. */
final class NumberLine {
  private NumberLine() {}

  static Optional<Double> parse(String line) {
    if (line.isEmpty() || Character.isLetter(line.charAt(0)) && !line.matches("(?i)nan|inf")) {
      return Optional.empty();
    }
    try {
      return Parser.parse(line, ParserFeatures.STABLE) instanceof NumberLiteral number
              && !number.duration()
          ? Optional.of(number.value())
          : Optional.empty();
    } catch (ParseException e) {
      return Optional.empty();
    }
  }
}
