package io.narthex.model.labels;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LabelsTest {
  private static final Labels BASE = Labels.of("b", "1", "d", "2");

  @Test
  void setsOneLabelInItsPlace() {
    assertThat(BASE.with("a", "x")).isEqualTo(Labels.of("a", "x", "b", "1", "d", "2"));
    assertThat(BASE.with("c", "x")).isEqualTo(Labels.of("b", "1", "c", "x", "d", "2"));
    assertThat(BASE.with("e", "x")).isEqualTo(Labels.of("b", "1", "d", "2", "e", "x"));
    assertThat(BASE.with("d", "x")).isEqualTo(Labels.of("b", "1", "d", "x"));
    assertThat(Labels.EMPTY.with("a", "x")).isEqualTo(Labels.of("a", "x"));
  }

  @Test
  void takesLabelAwayThatIsSetToNothing() {
    assertThat(BASE.with("b", "")).isEqualTo(Labels.of("d", "2"));
    assertThat(BASE.with("c", "")).isEqualTo(BASE);
  }
}
