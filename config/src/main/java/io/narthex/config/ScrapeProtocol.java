package io.narthex.config;

import java.util.List;
import java.util.Optional;

/** The exposition formats that a scrape can ask for. */
public enum ScrapeProtocol {
  PROMETHEUS_PROTO(
      "PrometheusProto",
      "application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;encoding=delimited"),
  PROMETHEUS_TEXT_0_0_4("PrometheusText0.0.4", "text/plain;version=0.0.4"),
  PROMETHEUS_TEXT_1_0_0("PrometheusText1.0.0", "text/plain;version=1.0.0"),
  OPENMETRICS_TEXT_0_0_1("OpenMetricsText0.0.1", "application/openmetrics-text;version=0.0.1"),
  OPENMETRICS_TEXT_1_0_0("OpenMetricsText1.0.0", "application/openmetrics-text;version=1.0.0");

  /** Asked for where nothing else is configured, best first. */
  public static final List<ScrapeProtocol> DEFAULT =
      List.of(
          OPENMETRICS_TEXT_1_0_0,
          OPENMETRICS_TEXT_0_0_1,
          PROMETHEUS_TEXT_1_0_0,
          PROMETHEUS_TEXT_0_0_4);

  /** Asked for where native histograms are wanted, best first. */
  public static final List<ScrapeProtocol> PROTO_FIRST =
      List.of(
          PROMETHEUS_PROTO,
          OPENMETRICS_TEXT_1_0_0,
          OPENMETRICS_TEXT_0_0_1,
          PROMETHEUS_TEXT_1_0_0,
          PROMETHEUS_TEXT_0_0_4);

  private final String text;
  private final String mediaType;

  ScrapeProtocol(String text, String mediaType) {
    this.text = text;
    this.mediaType = mediaType;
  }

  /** As in configuration files. */
  public String text() {
    return text;
  }

  /** As in the Accept header, without quality and escaping. */
  public String mediaType() {
    return mediaType;
  }

  /** Reads a name; upper and lower case differ. */
  public static Optional<ScrapeProtocol> parse(String text) {
    for (ScrapeProtocol protocol : values()) {
      if (protocol.text.equals(text)) {
        return Optional.of(protocol);
      }
    }
    return Optional.empty();
  }
}
