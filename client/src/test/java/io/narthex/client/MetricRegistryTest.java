package io.narthex.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class MetricRegistryTest {
  private final MetricRegistry registry = new MetricRegistry();

  @Test
  void refusesTheSameNameTwice() {
    registry.counter("a_total", "A.");
    assertThatThrownBy(() -> registry.gauge("a_total", "A."))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("metric a_total is registered already");
    assertThat(registry.unregister("a_total")).isTrue();
    registry.gauge("a_total", "A.");
  }

  @Test
  void refusesBadNames() {
    assertThatThrownBy(() -> registry.counter("1a", ""))
        .hasMessage("\"1a\" is not a valid metric name");
    assertThatThrownBy(() -> registry.counterFamily("a", "", "x", "x"))
        .hasMessage("metric a: label \"x\" is given twice");
    assertThatThrownBy(() -> registry.histogramFamily("a", "", new double[0], "le"))
        .hasMessage("metric a: \"le\" is not a valid label name");
    assertThatThrownBy(() -> registry.histogram("a", "", 1, 1)).hasMessageContaining("must ascend");
    assertThatThrownBy(() -> registry.summary("a", "", 1.5))
        .hasMessageContaining("between 0 and 1");
    assertThatThrownBy(() -> registry.counterFamily("a", "", "x").labels("1", "2"))
        .hasMessage("metric a has 1 labels, got 2 values");
  }

  @Test
  void countersRefuseToDecrease() {
    Counter counter = registry.counter("a_total", "");
    assertThatThrownBy(() -> counter.add(-1L)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> counter.add(Double.NaN)).isInstanceOf(IllegalArgumentException.class);
    assertThat(counter.value()).isZero();
  }

  @Test
  void returnsTheSameChildForTheSameLabelValues() {
    Family<Gauge> family = registry.gaugeFamily("g", "", "a", "b");
    assertThat(family.labels("1", "2"))
        .isSameAs(family.labels("1", "2"))
        .isNotSameAs(family.labels("2", "1"));
    assertThat(family.remove("1", "2")).isTrue();
    assertThat(family.remove("1", "2")).isFalse();
  }

  @Test
  void losesNoConcurrentUpdate() throws InterruptedException {
    Counter counter = registry.counter("c_total", "");
    Gauge gauge = registry.gauge("g", "");
    Histogram histogram = registry.histogram("h", "", 1, 2);
    Summary summary = registry.summary("s", "", 0.5);
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      threads.add(
          Thread.startVirtualThread(
              () -> {
                for (int n = 0; n < 20_000; n++) {
                  counter.inc();
                  gauge.add(2);
                  histogram.observe(1.5);
                  summary.observe(n);
                }
              }));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(counter.value()).isEqualTo(80_000);
    assertThat(gauge.value()).isEqualTo(160_000);
    assertThat(histogram.count()).isEqualTo(80_000);
    assertThat(histogram.sum()).isEqualTo(120_000);
    assertThat(summary.count()).isEqualTo(80_000);
  }
}
