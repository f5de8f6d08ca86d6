package io.narthex.exposition;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.exposition.negotiation.BodyFormat;
import io.narthex.exposition.negotiation.FormatNegotiation;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The choice of the parser by content type and fallback. */
final class ContentTypeConformanceTest {
  @TestFactory
  Stream<DynamicTest> choosesTheParserOfPrometheus() {
    return ConformanceData.rows("content_type.jsonl").stream()
        .map(row -> DynamicTest.dynamicTest((String) row.get("name"), () -> check(row)));
  }

  private static void check(Map<String, Object> row) {
    FormatNegotiation chosen =
        FormatNegotiation.of(
            (String) row.get("content_type"),
            mediaType((String) row.get("fallback_scrape_protocol")));
    String parser =
        chosen
            .format()
            .map(
                format ->
                    switch (format) {
                      case BodyFormat.TEXT -> "text";
                      case BodyFormat.OPENMETRICS -> "openmetrics";
                      case BodyFormat.PROTOBUF -> "protobuf";
                    })
            .orElse("");
    assertThat(parser).isEqualTo(row.get("parser"));
    if (row.containsKey("error_contains")) {
      assertThat(chosen.problem()).contains((String) row.get("error_contains"));
    } else {
      assertThat(chosen.problem()).isEmpty();
    }
  }

  private static String mediaType(String protocol) {
    return switch (protocol) {
      case "" -> "";
      case "PrometheusProto" -> "application/vnd.google.protobuf";
      case "PrometheusText0.0.4", "PrometheusText1.0.0" -> "text/plain";
      default -> "application/openmetrics-text";
    };
  }
}
