package io.narthex.scrape;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.config.NameEscaping;
import io.narthex.config.ScrapeProtocol;
import java.util.List;
import org.junit.jupiter.api.Test;

class AcceptHeaderTest {
  @Test
  void asksForTheFormatsInOrderOfPreference() {
    assertThat(
            AcceptHeader.of(
                List.of(
                    ScrapeProtocol.OPENMETRICS_TEXT_1_0_0, ScrapeProtocol.PROMETHEUS_TEXT_0_0_4),
                NameEscaping.ALLOW_UTF8))
        .isEqualTo(
            "application/openmetrics-text;version=1.0.0;escaping=allow-utf-8;q=0.6,"
                + "text/plain;version=0.0.4;q=0.5,*/*;q=0.4");
  }

  @Test
  void neverAsksForProtobuf() {
    assertThat(AcceptHeader.of(ScrapeProtocol.PROTO_FIRST, NameEscaping.ALLOW_UTF8))
        .startsWith("application/openmetrics-text;version=1.0.0;")
        .doesNotContain("protobuf");
    assertThat(AcceptHeader.of(List.of(ScrapeProtocol.PROMETHEUS_PROTO), NameEscaping.ALLOW_UTF8))
        .startsWith("*/*");
  }
}
