package io.narthex.web.api.v1;

import io.narthex.http.server.Exchange;
import io.narthex.http.server.Parameters;
import io.narthex.model.labels.GoQuote;
import io.narthex.model.labels.Matcher;
import io.narthex.model.time.PromDuration;
import io.narthex.model.value.GoFloatParser;
import io.narthex.promql.syntax.ParseException;
import io.narthex.promql.syntax.Parser;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Reads the parameters that several endpoints share; all methods throw {@link ApiException}. */
final class ApiParameters {
  static final String MATCH = "match[]";

  private final Parameters parameters;

  private ApiParameters(Parameters parameters) {
    this.parameters = parameters;
  }

  static ApiParameters of(Exchange exchange) throws IOException {
    return new ApiParameters(exchange.parameters());
  }

  /** The first value, or the empty string. */
  String text(String name) {
    return parameters.first(name);
  }

  List<String> all(String name) {
    return parameters.all(name);
  }

  /** Refuses the request if a pair of the form or the query string could not be decoded. */
  void requireWellFormed() {
    if (!parameters.error().isEmpty()) {
      throw ApiException.badData("error parsing form values: " + parameters.error());
    }
  }

  /** Most entries wanted; 0 for all. */
  int limit() {
    String text = text("limit");
    if (text.isEmpty()) {
      return 0;
    }
    long limit;
    try {
      limit = GoInteger.atoi(text);
    } catch (NumberFormatException e) {
      throw ApiException.invalidParameter("limit", e.getMessage());
    }
    if (limit < 0) {
      throw ApiException.invalidParameter("limit", "limit must be non-negative");
    }
    return (int) Math.min(limit, Integer.MAX_VALUE - 1);
  }

  /** A time that may be left out. */
  ApiTime time(String name, ApiTime whenAbsent) {
    String text = text(name);
    if (text.isEmpty()) {
      return whenAbsent;
    }
    try {
      return ApiTime.parse(text);
    } catch (IllegalArgumentException e) {
      throw ApiException.invalidParameter(
          name, "invalid time value for '" + name + "': " + e.getMessage());
    }
  }

  /** A time that must be given. */
  ApiTime requiredTime(String name) {
    try {
      return ApiTime.parse(text(name));
    } catch (IllegalArgumentException e) {
      throw ApiException.invalidParameter(name, e.getMessage());
    }
  }

  /** A duration that must be given, in nanoseconds. */
  long requiredNanos(String name) {
    try {
      return nanos(text(name));
    } catch (IllegalArgumentException e) {
      throw ApiException.invalidParameter(name, e.getMessage());
    }
  }

  /**
   * Nanoseconds of a number of seconds, or of a duration such as {@code 1h30m}.
   *
   * @throws IllegalArgumentException with Prometheus' message
   */
  static long nanos(String text) {
    try {
      double nanos = GoFloatParser.parse(text) * 1e9;
      if (nanos > 0x1p63 || nanos < -0x1p63) {
        throw new IllegalArgumentException(
            "cannot parse " + GoQuote.quote(text) + " to a valid duration. It overflows int64");
      }
      return (long) nanos;
    } catch (NumberFormatException e) {
      // No number: perhaps it has units.
    }
    try {
      return PromDuration.parseMillis(text) * 1_000_000;
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "cannot parse " + GoQuote.quote(text) + " to a valid duration", e);
    }
  }

  /** Refuses the request if it selects nothing at all. */
  void requireMatch() {
    requireWellFormed();
    if (all(MATCH).isEmpty()) {
      throw ApiException.badData("no match[] parameter provided");
    }
  }

  /**
   * The selectors of {@code match[]}, none of which may match everything; errors do not name the
   * parameter.
   */
  List<List<Matcher>> matcherSets() {
    try {
      return selective(selectors());
    } catch (IllegalArgumentException e) {
      throw new ApiException(ErrorType.BAD_DATA, e.getMessage(), e);
    }
  }

  /** As {@link #matcherSets}, with errors that name the parameter. */
  List<List<Matcher>> namedMatcherSets() {
    try {
      return selective(selectors());
    } catch (IllegalArgumentException e) {
      throw ApiException.invalidParameter(MATCH, e.getMessage());
    }
  }

  /** The selectors of {@code match[]}, which may match everything. */
  List<List<Matcher>> anyMatcherSets() {
    try {
      return selectors();
    } catch (IllegalArgumentException e) {
      throw ApiException.invalidParameter(MATCH, e.getMessage());
    }
  }

  /** One selector; errors name the parameter. */
  List<Matcher> selector(String name) {
    try {
      return Parser.parseSelector(text(name));
    } catch (ParseException e) {
      throw ApiException.invalidParameter(name, e.getMessage());
    }
  }

  private List<List<Matcher>> selectors() {
    List<List<Matcher>> sets = new ArrayList<>();
    for (String selector : all(MATCH)) {
      try {
        sets.add(Parser.parseSelector(selector));
      } catch (ParseException e) {
        throw new IllegalArgumentException(e.getMessage(), e);
      }
    }
    return sets;
  }

  private static List<List<Matcher>> selective(List<List<Matcher>> sets) {
    for (List<Matcher> matchers : sets) {
      if (matchers.stream().allMatch(Matcher::matchesEmpty)) {
        throw new IllegalArgumentException("match[] must contain at least one non-empty matcher");
      }
    }
    return sets;
  }
}
