package io.narthex.server;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HeapPacerTest {
  private static final long MIB = 1 << 20;
  private static final long SECOND = 1_000_000_000;

  @Test
  void leavesSmallHeapsAlone() {
    assertThat(HeapPacer.isDue(0, 39 * MIB, SECOND)).isFalse();
    assertThat(HeapPacer.isDue(30 * MIB, 69 * MIB, SECOND)).isFalse();
    assertThat(HeapPacer.isDue(30 * MIB, 71 * MIB, SECOND)).isTrue();
  }

  @Test
  void collectsWhenTheOldGenerationHasDoubled() {
    assertThat(HeapPacer.isDue(300 * MIB, 590 * MIB, SECOND)).isFalse();
    assertThat(HeapPacer.isDue(300 * MIB, 610 * MIB, SECOND)).isTrue();
    assertThat(HeapPacer.isDue(10 * MIB, 110 * MIB, SECOND)).isTrue();
  }

  @Test
  void collectsWhatABurstHasLeftBehindWithinAMinute() {
    assertThat(HeapPacer.isDue(300 * MIB, 400 * MIB, 59 * SECOND)).isFalse();
    assertThat(HeapPacer.isDue(300 * MIB, 400 * MIB, 61 * SECOND)).isTrue();
    assertThat(HeapPacer.isDue(300 * MIB, 370 * MIB, 600 * SECOND)).isFalse();
    assertThat(HeapPacer.isDue(30 * MIB, 60 * MIB, 600 * SECOND)).isFalse();
  }
}
