package io.narthex.client;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ExpositionFormatTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "`` | text/plain; version=0.0.4; charset=utf-8; escaping=underscores",
        "*/* | text/plain; version=0.0.4; charset=utf-8; escaping=underscores",
        "application/json | text/plain; version=0.0.4; charset=utf-8; escaping=underscores",
        "application/openmetrics-text | application/openmetrics-text; version=0.0.1; charset=utf-8;"
            + " escaping=underscores",
        "application/openmetrics-text;version=1.0.0;escaping=allow-utf-8;q=0.6,text/plain;q=0.4"
            + " | application/openmetrics-text; version=1.0.0; charset=utf-8; escaping=allow-utf-8",
        "application/openmetrics-text;version=2.0.0;q=0.1,text/plain;q=0.4"
            + " | text/plain; version=0.0.4; charset=utf-8; escaping=underscores",
        "application/openmetrics-text;version=1.0.0;q=0.3,text/plain;q=0.4"
            + " | text/plain; version=0.0.4; charset=utf-8; escaping=underscores",
      })
  void picksTheBestOffer(String accept, String contentType) {
    assertThat(ExpositionFormat.negotiate(accept).contentType()).isEqualTo(contentType);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "application/openmetrics-text | text/plain; version=0.0.4; charset=utf-8;"
            + " escaping=underscores",
        "text/plain;version=1.0.0;escaping=allow-utf-8"
            + " | text/plain; version=0.0.4; charset=utf-8; escaping=allow-utf-8",
      })
  void textOnlyNegotiationNeverOffersOpenMetrics(String accept, String contentType) {
    assertThat(ExpositionFormat.negotiateText(accept).contentType()).isEqualTo(contentType);
  }
}
