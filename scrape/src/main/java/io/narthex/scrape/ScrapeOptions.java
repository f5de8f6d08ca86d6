package io.narthex.scrape;

import java.time.Duration;

/**
 * What flags decide about scraping.
 *
 * @param discoveryReloadInterval how often changed targets are taken over at most
 * @param timestampTolerance how late a scrape may be and still get the planned time; clamped to a
 *     hundredth of the interval; zero for never
 * @param appendMetadata whether to hand type, unit and help to the storage with each series
 * @param startTimestamps whether to tell the storage since when samples count; then {@code
 *     _created} lines of OpenMetrics are no series
 * @param userAgent sent with each request
 */
public record ScrapeOptions(
    Duration discoveryReloadInterval,
    Duration timestampTolerance,
    boolean appendMetadata,
    boolean startTimestamps,
    String userAgent) {
  public static final ScrapeOptions DEFAULT =
      new ScrapeOptions(
          Duration.ofSeconds(5), Duration.ofMillis(2), false, false, "Prometheus/3.14.0");
}
