package io.narthex.exposition.negotiation;

import io.narthex.exposition.ExpositionCursor;
import io.narthex.exposition.ExpositionException;
import io.narthex.exposition.SpanPredictor;
import io.narthex.exposition.openmetrics.OpenMetricsCursor;
import io.narthex.exposition.text.TextCursor;
import io.narthex.model.labels.GoQuote;
import java.util.Optional;

/**
 * Chooses the format of a body by its content type, or by the job's fallback where the type is
 * missing, malformed or of no use.
 *
 * @param format the format to read; empty where the scrape must fail
 * @param problem what is wrong with the content type; with a format it is a warning, without one
 *     the scrape's error; empty where all is well
 */
public record FormatNegotiation(Optional<BodyFormat> format, String problem) {

  /**
   * Chooses.
   *
   * @param contentType the header of the answer, empty for none
   * @param fallbackMediaType the media type of {@code fallback_scrape_protocol}, with or without
   *     parameters; empty for none
   */
  public static FormatNegotiation of(String contentType, String fallbackMediaType) {
    int semicolon = fallbackMediaType.indexOf(';');
    String fallback = semicolon < 0 ? fallbackMediaType : fallbackMediaType.substring(0, semicolon);
    if (contentType.isEmpty()) {
      return fallBack(fallback, "non-compliant scrape target sending blank Content-Type", "", "");
    }
    String quoted = GoQuote.quote(contentType);
    String mediaType;
    try {
      mediaType = MediaType.parse(contentType);
    } catch (IllegalArgumentException e) {
      return fallback.isEmpty()
          ? fallBack(
              fallback,
              "cannot parse Content-Type " + quoted,
              " and no fallback_scrape_protocol for target",
              "\n" + e.getMessage())
          : fallBack(
              fallback,
              "could not parse received Content-Type " + quoted,
              "",
              "\n" + e.getMessage());
    }
    Optional<BodyFormat> format = BodyFormat.ofMediaType(mediaType);
    return format.isPresent()
        ? new FormatNegotiation(format, "")
        : fallBack(fallback, "received unsupported Content-Type " + quoted, "", "");
  }

  private static FormatNegotiation fallBack(
      String fallback, String problem, String withoutFallback, String cause) {
    if (fallback.isEmpty()) {
      String missing =
          withoutFallback.isEmpty()
              ? " and no fallback_scrape_protocol specified for target"
              : withoutFallback;
      return new FormatNegotiation(Optional.empty(), problem + missing + cause);
    }
    return new FormatNegotiation(
        BodyFormat.ofMediaType(fallback),
        problem + ", using fallback_scrape_protocol " + GoQuote.quote(fallback) + cause);
  }

  /**
   * A cursor for the format.
   *
   * @throws ExpositionException for formats that are not read yet
   */
  public static ExpositionCursor cursor(BodyFormat format, SpanPredictor predictor) {
    return cursor(format, predictor, false);
  }

  /**
   * A cursor for the format.
   *
   * @param startTimestamps whether {@code _created} lines of OpenMetrics are start timestamps of
   *     other series instead of series
   * @throws ExpositionException for formats that are not read yet
   */
  public static ExpositionCursor cursor(
      BodyFormat format, SpanPredictor predictor, boolean startTimestamps) {
    return switch (format) {
      case TEXT -> new TextCursor(predictor);
      case OPENMETRICS -> new OpenMetricsCursor(predictor, startTimestamps);
      case PROTOBUF ->
          throw new ExpositionException(
              "the protobuf format is not supported; remove PrometheusProto from scrape_protocols");
    };
  }
}
