package io.narthex.scrape;

import io.narthex.config.NameEscaping;
import io.narthex.config.ScrapeProtocol;
import java.util.List;

/** What a scrape asks a target for: formats in order of preference. */
final class AcceptHeader {
  private AcceptHeader() {}

  /** Each protocol weighs a little less than the one before it; anything else comes last. */
  static String of(List<ScrapeProtocol> protocols, NameEscaping escaping) {
    StringBuilder out = new StringBuilder();
    int weight = ScrapeProtocol.values().length + 1;
    for (ScrapeProtocol protocol : protocols) {
      if (protocol == ScrapeProtocol.PROMETHEUS_PROTO) {
        // Cannot be parsed; a target that is asked for it would be lost instead of scraped as text.
        continue;
      }
      out.append(protocol.mediaType());
      if (protocol == ScrapeProtocol.PROMETHEUS_TEXT_1_0_0
          || protocol == ScrapeProtocol.OPENMETRICS_TEXT_1_0_0) {
        out.append(";escaping=").append(escaping.text());
      }
      out.append(";q=0.").append(weight--).append(',');
    }
    return out.append("*/*;q=0.").append(weight).toString();
  }
}
