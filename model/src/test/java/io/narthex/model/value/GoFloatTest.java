package io.narthex.model.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GoFloatTest {
  /** Value, then 'f', 'g' and the API's form, as Go 1.26 prints them. */
  @ParameterizedTest
  @CsvSource({
    "0, 0, 0, 0",
    "-0.0, -0, -0, -0",
    "1, 1, 1, 1",
    "-1.5, -1.5, -1.5, -1.5",
    "100000, 100000, 100000, 100000",
    "1e6, 1000000, 1e+06, 1000000",
    "1234567, 1234567, 1.234567e+06, 1234567",
    "0.0001, 0.0001, 0.0001, 0.0001",
    "0.00001, 0.00001, 1e-05, 0.00001",
    "0.000001, 0.000001, 1e-06, 0.000001",
    "1.5e-7, 0.00000015, 1.5e-07, 1.5e-07",
    "1e20, 100000000000000000000, 1e+20, 100000000000000000000",
    "1e21, 1000000000000000000000, 1e+21, 1e+21",
    "123456789012345680, 123456789012345680, 1.2345678901234568e+17, 123456789012345680",
    "0.1, 0.1, 0.1, 0.1",
    "0.30000000000000004, 0.30000000000000004, 0.30000000000000004, 0.30000000000000004",
    "2.2250738585072014e-308, , 2.2250738585072014e-308, 2.2250738585072014e-308",
    "4.9e-324, , 5e-324, 5e-324",
    "9.9e-324, , 1e-323, 1e-323",
    "4.9e-323, , 5e-323, 5e-323",
    "1.7976931348623157e308, , 1.7976931348623157e+308, 1.7976931348623157e+308",
    "9007199254740993, 9007199254740992, 9.007199254740992e+15, 9007199254740992",
  })
  void printsAsGo(double value, String fixed, String general, String json) {
    if (fixed != null) {
      assertThat(GoFloat.format(value, FloatStyle.FIXED)).isEqualTo(fixed);
    }
    assertThat(GoFloat.format(value, FloatStyle.GENERAL)).isEqualTo(general);
    assertThat(GoFloat.format(value, FloatStyle.JSON)).isEqualTo(json);
  }

  @Test
  void printsWhatIsNotFinite() {
    assertThat(GoFloat.shortest(Double.NaN)).isEqualTo("NaN");
    assertThat(GoFloat.plain(Double.POSITIVE_INFINITY)).isEqualTo("+Inf");
    assertThat(GoFloat.format(Double.NEGATIVE_INFINITY, FloatStyle.EXPONENT)).isEqualTo("-Inf");
    assertThat(GoFloat.format(100, FloatStyle.EXPONENT)).isEqualTo("1e+02");
    assertThat(GoFloat.fixed(2.5, 0)).isEqualTo("2");
    assertThat(GoFloat.fixed(-0.125, 2)).isEqualTo("-0.12");
  }

  @Test
  void everyFiniteDoubleReadsBackAndHasTheDigitsOfTheJdk() {
    SplittableRandom random = new SplittableRandom(20261121);
    byte[] out = new byte[GoFloat.MAX_FIXED_LENGTH];
    for (int i = 0; i < 400_000; i++) {
      double value =
          switch (i % 4) {
            case 0 -> Double.longBitsToDouble(random.nextLong());
            case 1 -> random.nextLong(2_000_000) / 1000.0;
            case 2 -> random.nextDouble() * Math.pow(10, random.nextInt(-20, 20));
            default -> Double.longBitsToDouble(random.nextLong() & ~((1L << 52) - 1));
          };
      if (!Double.isFinite(value)) {
        continue;
      }
      FloatStyle style = FloatStyle.values()[random.nextInt(4)];
      int end = GoFloat.append(out, 0, value, style);
      String text = new String(out, 0, end, StandardCharsets.ISO_8859_1);
      assertThat(Double.parseDouble(text)).as(text).isEqualTo(value);
      assertThat(GoFloatParser.parse(out, 0, end)).as(text).isEqualTo(value);
      if (Math.abs(value) > 1e-300) {
        assertThat(new BigDecimal(text))
            .as(text)
            .isEqualByComparingTo(new BigDecimal(Double.toString(value)));
      }
    }
  }

  @Test
  void readsNumbersNextToTheFastPathAsTheJdkDoes() {
    SplittableRandom random = new SplittableRandom(7);
    for (int i = 0; i < 200_000; i++) {
      StringBuilder text = new StringBuilder(random.nextBoolean() ? "-" : "");
      text.append(random.nextLong(1L << random.nextInt(1, 63)));
      if (random.nextBoolean()) {
        text.append('.').append(random.nextLong(1L << random.nextInt(1, 40)));
      }
      if (random.nextInt(3) == 0) {
        text.append('e').append(random.nextInt(-40, 40));
      }
      assertThat(GoFloatParser.parse(text.toString()))
          .as(text.toString())
          .isEqualTo(Double.parseDouble(text.toString()));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "1_23.50_0_0e+1_2, 1.235e14",
    "0x_1_2.3_4_5p+1_2, 74565",
    "0x1p-2, 0.25",
    "0X.8P1, 1",
    "+5, 5",
    ".5, 0.5",
    "5., 5",
    "1e-400, 0",
    "0e999, 0",
    "1.00000000000000011102230246251565404236316680908203125, 1",
    "100000000000000016777215, 100000000000000008388608",
  })
  void readsAsGo(String text, double value) {
    assertThat(GoFloatParser.parse(text)).isEqualTo(value);
  }

  @Test
  void readsSpecialValues() {
    assertThat(GoFloatParser.parse("Inf")).isEqualTo(Double.POSITIVE_INFINITY);
    assertThat(GoFloatParser.parse("-infinity")).isEqualTo(Double.NEGATIVE_INFINITY);
    assertThat(Double.doubleToRawLongBits(GoFloatParser.parse("nan")))
        .isEqualTo(StaleMarker.NORMAL_NAN_BITS);
    assertThat(1 / GoFloatParser.parse("-0")).isEqualTo(Double.NEGATIVE_INFINITY);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", "-", "+", ".", "e5", "1e", "1e+", "1x", " 1", "1 ", "1f", "1d", "--1", "1.2.3", "+nan",
        "0x1", "0xp1", "_1", "1_", "1__2", "1_.5", "1._5", "1.5_e2", "1e_2", "0x1_p4", "1e5.5", "ñ"
      })
  void refusesWhatIsNoNumber(String text) {
    assertThatThrownBy(() -> GoFloatParser.parse(text))
        .isInstanceOf(NumberFormatException.class)
        .hasMessage("strconv.ParseFloat: parsing \"" + text + "\": invalid syntax");
  }

  @Test
  void refusesWhatIsTooLarge() {
    assertThatThrownBy(() -> GoFloatParser.parse("-1e309"))
        .hasMessage("strconv.ParseFloat: parsing \"-1e309\": value out of range");
  }
}
