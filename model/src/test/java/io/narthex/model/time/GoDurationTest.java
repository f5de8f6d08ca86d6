package io.narthex.model.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GoDurationTest {
  @ParameterizedTest
  @CsvSource({
    "0, 0s",
    "1, 1ns",
    "1100, 1.1µs",
    "2200000, 2.2ms",
    "3300000000, 3.3s",
    "245000000000, 4m5s",
    "245001000000, 4m5.001s",
    "18367001000000, 5h6m7.001s",
    "7200000000000, 2h0m0s",
    "-1500000000, -1.5s",
    "9223372036854775807, 2562047h47m16.854775807s",
    "-9223372036854775808, -2562047h47m16.854775808s"
  })
  void printsAndReadsWhatGoPrints(long nanos, String text) {
    assertThat(GoDuration.format(nanos)).isEqualTo(text);
    assertThat(GoDuration.parseNanos(text)).isEqualTo(nanos);
  }

  @Test
  void readsFractionsAndRepeatedUnits() {
    assertThat(GoDuration.parseNanos("1.5h")).isEqualTo(5_400_000_000_000L);
    assertThat(GoDuration.parseNanos("1m1m")).isEqualTo(120_000_000_000L);
    assertThat(GoDuration.parseNanos("-.5s")).isEqualTo(-500_000_000L);
    assertThat(GoDuration.parseNanos("+5.s")).isEqualTo(5_000_000_000L);
    assertThat(GoDuration.parseNanos("0")).isZero();
  }

  @Test
  void refusesInTheWordsOfGo() {
    refused("", "time: invalid duration \"\"");
    refused("3", "time: missing unit in duration \"3\"");
    refused("1d", "time: unknown unit \"d\" in duration \"1d\"");
    refused("h", "time: invalid duration \"h\"");
    refused(".s", "time: invalid duration \".s\"");
    refused("3000000h", "time: invalid duration \"3000000h\"");
  }

  private static void refused(String text, String message) {
    assertThatThrownBy(() -> GoDuration.parseNanos(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }
}
