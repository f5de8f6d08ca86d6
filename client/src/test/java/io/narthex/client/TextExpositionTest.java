package io.narthex.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class TextExpositionTest {
  private final MetricRegistry registry = new MetricRegistry();

  private String write(ExpositionFormat format) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    TextExposition.write(registry, format, out);
    return out.toString(StandardCharsets.UTF_8);
  }

  @Test
  void sortsFamiliesByNameAndChildrenByLabelValues() throws IOException {
    Family<Counter> requests =
        registry.counterFamily("requests_total", "Requests.", "handler", "code");
    requests.labels("/b", "200").inc();
    requests.labels("/a", "500").add(2L);
    requests.labels("/a", "200").add(0.5);
    registry.gauge("depth", "Depth.").set(-3.25);
    assertThat(write(ExpositionFormat.text()))
        .isEqualTo(
            """
            # HELP depth Depth.
            # TYPE depth gauge
            depth -3.25
            # HELP requests_total Requests.
            # TYPE requests_total counter
            requests_total{code="200",handler="/a"} 0.5
            requests_total{code="200",handler="/b"} 1
            requests_total{code="500",handler="/a"} 2
            """);
  }

  @Test
  void writesHistogramsCumulativelyWithInfinity() throws IOException {
    Histogram sizes =
        registry.histogramFamily("size_bytes", "Sizes.", new double[] {1, 10}, "kind").labels("x");
    sizes.observe(1);
    sizes.observe(5);
    sizes.observe(50);
    assertThat(write(ExpositionFormat.text()))
        .isEqualTo(
            """
            # HELP size_bytes Sizes.
            # TYPE size_bytes histogram
            size_bytes_bucket{kind="x",le="1"} 1
            size_bytes_bucket{kind="x",le="10"} 2
            size_bytes_bucket{kind="x",le="+Inf"} 3
            size_bytes_sum{kind="x"} 56
            size_bytes_count{kind="x"} 3
            """);
  }

  @Test
  void writesNotANumberForQuantilesOfAnIdleSummary() throws IOException {
    registry.summary("wait_seconds", "Wait.", 0.9, 0.5);
    assertThat(write(ExpositionFormat.text()))
        .isEqualTo(
            """
            # HELP wait_seconds Wait.
            # TYPE wait_seconds summary
            wait_seconds{quantile="0.5"} NaN
            wait_seconds{quantile="0.9"} NaN
            wait_seconds_sum 0
            wait_seconds_count 0
            """);
  }

  @Test
  void escapesHelpAndLabelValues() throws IOException {
    registry.gaugeFamily("g", "a \"b\" \\ c\nd", "l").labels("x\"y\\z\n").set(1);
    assertThat(write(ExpositionFormat.text()))
        .isEqualTo(
            """
            # HELP g a "b" \\\\ c\\nd
            # TYPE g gauge
            g{l="x\\"y\\\\z\\n"} 1
            """);
  }

  @Test
  void writesOpenMetricsWithTypedNumbersAndEnd() throws IOException {
    registry.counter("requests_total", "Requests \"all\".").inc();
    registry.histogram("h", "H.", 1).observe(0.5);
    registry.gauge("g", "G.").set(1e21);
    assertThat(write(ExpositionFormat.negotiate("application/openmetrics-text;version=1.0.0")))
        .isEqualTo(
            """
            # HELP g G.
            # TYPE g gauge
            g 1e+21
            # HELP h H.
            # TYPE h histogram
            h_bucket{le="1.0"} 1
            h_bucket{le="+Inf"} 1
            h_sum 0.5
            h_count 1
            # HELP requests Requests \\"all\\".
            # TYPE requests counter
            requests_total 1.0
            # EOF
            """);
  }

  @Test
  void omitsFamiliesWithoutChildren() throws IOException {
    registry.counterFamily("never_total", "Never.", "why");
    registry.gaugeCallbacks("nothing", "Nothing.", values -> {}, "what");
    assertThat(write(ExpositionFormat.text())).isEmpty();
  }

  @Test
  void asksCallbacksAtEachScrape() throws IOException {
    int[] value = {0};
    registry.beforeCollect(() -> value[0]++);
    registry.gaugeCallback("scrapes", "Scrapes.", () -> value[0]);
    registry.gaugeCallbacks(
        "pools",
        "Pools.",
        values -> {
          values.value(2, "b");
          values.value(1, "a");
        },
        "pool");
    write(ExpositionFormat.text());
    assertThat(write(ExpositionFormat.text()))
        .isEqualTo(
            """
            # HELP pools Pools.
            # TYPE pools gauge
            pools{pool="a"} 1
            pools{pool="b"} 2
            # HELP scrapes Scrapes.
            # TYPE scrapes gauge
            scrapes 2
            """);
  }

  @Test
  void writesOnlyWantedFamilies() throws IOException {
    registry.counter("a_total", "A.").inc();
    registry.histogram("b", "B.", 1).observe(1);
    registry.summary("c", "C.").observe(1);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    TextExposition.write(registry, ExpositionFormat.text(), "c"::equals, out);
    assertThat(out.toString(StandardCharsets.UTF_8))
        .isEqualTo("# HELP c C.\n# TYPE c summary\nc_sum 1\nc_count 1\n");
  }

  @Test
  void writesMoreThanOnePiece() throws IOException {
    Family<Counter> many = registry.counterFamily("many_total", "Many.", "n");
    for (int i = 0; i < 5000; i++) {
      many.labels("label value number " + i).inc();
    }
    assertThat(write(ExpositionFormat.text()).lines()).hasSize(5002);
  }
}
