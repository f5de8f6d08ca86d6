package io.narthex.model.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PromDurationTest {
  @ParameterizedTest
  @CsvSource({
    "0, 0, 0s",
    "0w, 0, 0s",
    "0s, 0, 0s",
    "324ms, 324, 324ms",
    "3s, 3000, 3s",
    "5m, 300000, 5m",
    "1h, 3600000, 1h",
    "4d, 345600000, 4d",
    "4d1h, 349200000, 4d1h",
    "14d, 1209600000, 2w",
    "3w, 1814400000, 3w",
    "3w2d1h, 1990800000, 23d1h",
    "10y, 315360000000, 10y",
    "1m30s, 90000, 1m30s",
    "90s, 90000, 1m30s",
  })
  void readsAndPrintsAsUpstream(String text, long millis, String printed) {
    assertThat(PromDuration.parseMillis(text)).isEqualTo(millis);
    assertThat(PromDuration.format(millis)).isEqualTo(printed);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"1", "-1h", "1y1m1d", "1.5d", "d", "294y1s1m", "1s1s", "5 m", "1H", "00", "٣m"})
  void refusesOtherTexts(String text) {
    assertThatThrownBy(() -> PromDuration.parseMillis(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("not a valid duration string: \"" + text + "\"");
  }

  @Test
  void refusesWhatDoesNotFit() {
    assertThatThrownBy(() -> PromDuration.parseMillis("")).hasMessage("empty duration string");
    assertThatThrownBy(() -> PromDuration.parseMillis("294y")).hasMessage("duration out of range");
    assertThatThrownBy(() -> PromDuration.parseMillis("99999999999999999999ms"))
        .hasMessage("duration out of range");
  }

  @Test
  void whatIsPrintedReadsBack() {
    SplittableRandom random = new SplittableRandom(3);
    for (int i = 0; i < 50_000; i++) {
      long millis = random.nextLong(1L << random.nextInt(1, 43));
      assertThat(PromDuration.parseMillis(PromDuration.format(millis))).isEqualTo(millis);
    }
  }
}
