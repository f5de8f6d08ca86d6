package io.narthex.web.api.v1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ApiTimeTest {
  @ParameterizedTest
  @CsvSource({
    "0,0",
    "1435781451.781,1435781451781",
    "1.0005,1000",
    "1.0006,1001",
    "1.0004,1000",
    "-1.5,-1500",
    "-0.25,-250",
    "1e3,1000000",
    "1_000,1000000",
    "0x10p0,16000",
    "123456789.009,123456789009",
    "1970-01-01T00:00:02.5Z,2500",
    "'1970-01-01T00:00:02,5Z',2500",
    "1970-01-01T01:00:00+01:00,0",
    "1969-12-31T19:00:00.123456789123-05:00,123",
    "2026-02-28T23:59:59Z,1772323199000",
    "-292273086-05-16T16:47:06Z,-9223309901257974000",
    "292277025-08-18T07:12:54.999999999Z,9223309901257974999",
  })
  void readsNumbersAndDates(String text, long millis) {
    assertThat(ApiTime.parse(text).millis()).isEqualTo(millis);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "abc",
        "2026-02-30T00:00:00Z",
        "2026-13-01T00:00:00Z",
        "2026-01-01T24:00:00Z",
        "2026-01-01T00:00:60Z",
        "2026-01-01t00:00:00z",
        "2026-01-01T00:00:00",
        "2026-01-01 00:00:00Z",
        "2026-01-01T00:00:00+25:00",
        "2026-01-01T00:00:00+01:60",
        "0x10",
        "1,5",
        "1e400",
      })
  void refusesAllElse(String text) {
    assertThatThrownBy(() -> ApiTime.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("cannot parse \"" + text + "\" to a valid timestamp");
  }

  @Test
  void boundsAreThoseOfPrometheus() {
    assertThat(ApiTime.MIN.millis()).isEqualTo(-9223309901257974000L);
    assertThat(ApiTime.MAX.millis()).isEqualTo(9223309901257974999L);
    assertThat(ApiTime.MAX.nanosSince(ApiTime.MIN)).isEqualTo(Long.MAX_VALUE);
    assertThat(ApiTime.parse("Inf").millis()).isEqualTo(ApiTime.MAX.millis() - 999);
    assertThat(ApiTime.parse("2").nanosSince(ApiTime.parse("0.5"))).isEqualTo(1_500_000_000L);
    assertThat(ApiTime.parse("1.5")).isGreaterThan(ApiTime.parse("1.499"));
  }

  @ParameterizedTest
  @CsvSource({
    "1,1000000000",
    "0.0015,1500000",
    "1h30m,5400000000000",
    "5ms,5000000",
    "-2,-2000000000",
    "0,0"
  })
  void readsDurations(String text, long nanos) {
    assertThat(ApiParameters.nanos(text)).isEqualTo(nanos);
  }

  @ParameterizedTest
  @CsvSource({
    "abc,cannot parse \"abc\" to a valid duration",
    "'',cannot parse \"\" to a valid duration",
    "-1s,cannot parse \"-1s\" to a valid duration",
    "1s1h,cannot parse \"1s1h\" to a valid duration",
    "1e30,cannot parse \"1e30\" to a valid duration. It overflows int64",
    "Inf,cannot parse \"Inf\" to a valid duration. It overflows int64",
  })
  void refusesBadDurations(String text, String message) {
    assertThatThrownBy(() -> ApiParameters.nanos(text)).hasMessage(message);
  }
}
