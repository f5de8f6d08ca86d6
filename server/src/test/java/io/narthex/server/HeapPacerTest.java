package io.narthex.server;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HeapPacerTest {
  private static final long MIB = 1 << 20;

  @Test
  void leavesSmallHeapsAlone() {
    assertThat(HeapPacer.isDue(0, 90 * MIB)).isFalse();
    assertThat(HeapPacer.isDue(30 * MIB, 120 * MIB)).isFalse();
  }

  @Test
  void collectsWhenTheOldGenerationHasDoubled() {
    assertThat(HeapPacer.isDue(300 * MIB, 590 * MIB)).isFalse();
    assertThat(HeapPacer.isDue(300 * MIB, 610 * MIB)).isTrue();
    assertThat(HeapPacer.isDue(10 * MIB, 110 * MIB)).isTrue();
  }
}
