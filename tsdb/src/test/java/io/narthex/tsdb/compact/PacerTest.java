package io.narthex.tsdb.compact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class PacerTest {
  @Test
  void pausesAsLongAsItsShareOfACoreDemands() {
    Pacer pacer = new Pacer(0.25, 1L << 40);
    long start = System.nanoTime();
    pacer.start();
    spin(20);
    pacer.wrote(1);
    assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(80_000_000);
  }

  @Test
  void pausesUntilTheBytesMayHaveBeenWritten() {
    Pacer pacer = new Pacer(1, 10_000_000);
    long start = System.nanoTime();
    pacer.start();
    for (int i = 0; i < 5; i++) {
      pacer.wrote(100_000);
    }
    assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(50_000_000);
  }

  @Test
  void cancellingEndsThePauseAndTheWork() throws Exception {
    Pacer pacer = new Pacer(1, 1);
    pacer.start();
    Thread canceller =
        Thread.ofPlatform()
            .start(
                () -> {
                  spin(20);
                  pacer.cancel();
                });
    long start = System.nanoTime();
    assertThatThrownBy(() -> pacer.wrote(1_000))
        .isInstanceOf(CompactionCancelledException.class)
        .hasMessage("compaction cancelled: the database is being closed");
    assertThat(System.nanoTime() - start).isLessThan(10_000_000_000L);
    canceller.join();
    assertThatThrownBy(() -> pacer.wrote(1)).isInstanceOf(CompactionCancelledException.class);
  }

  private static void spin(long millis) {
    long end = System.nanoTime() + millis * 1_000_000;
    while (System.nanoTime() < end) {
      Thread.onSpinWait();
    }
  }
}
