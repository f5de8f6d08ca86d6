package io.narthex.promql.syntax;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class FloatTextTest {
  @Test
  void plainNeverUsesAnExponent() {
    assertThat(FloatText.plain(1e21)).isEqualTo("1000000000000000000000");
    assertThat(FloatText.plain(1e-5)).isEqualTo("0.00001");
    assertThat(FloatText.plain(123456789.5)).isEqualTo("123456789.5");
    assertThat(FloatText.plain(100)).isEqualTo("100");
    assertThat(FloatText.plain(-0.0)).isEqualTo("-0");
    assertThat(FloatText.plain(-1.25)).isEqualTo("-1.25");
    assertThat(FloatText.plain(Double.NaN)).isEqualTo("NaN");
    assertThat(FloatText.plain(Double.POSITIVE_INFINITY)).isEqualTo("+Inf");
    assertThat(FloatText.plain(Double.NEGATIVE_INFINITY)).isEqualTo("-Inf");
  }

  @Test
  void shortestUsesAnExponentFromAMillionAndBelowATenThousandth() {
    assertThat(FloatText.shortest(123456)).isEqualTo("123456");
    assertThat(FloatText.shortest(1e6)).isEqualTo("1e+06");
    assertThat(FloatText.shortest(123456789.5)).isEqualTo("1.234567895e+08");
    assertThat(FloatText.shortest(0.00012345)).isEqualTo("0.00012345");
    assertThat(FloatText.shortest(1e-5)).isEqualTo("1e-05");
    assertThat(FloatText.shortest(-2.5e300)).isEqualTo("-2.5e+300");
    assertThat(FloatText.shortest(0)).isEqualTo("0");
  }

  @Test
  void fixedRoundsTheExactValue() {
    assertThat(FloatText.fixed(0.0005, 3)).isEqualTo("0.001");
    assertThat(FloatText.fixed(2.5, 0)).isEqualTo("2");
    assertThat(FloatText.fixed(-1, 3)).isEqualTo("-1.000");
    assertThat(FloatText.fixed(Double.NaN, 3)).isEqualTo("NaN");
  }
}
