package io.narthex.exposition.lex;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class FloatScannerPropertyTest {
  private final FloatScanner floats = new FloatScanner();

  private double parse(String text) {
    byte[] bytes = ("x" + text + " ").getBytes(StandardCharsets.UTF_8);
    return floats.parse(bytes, 1, bytes.length - 1);
  }

  @Test
  void agreesWithJavaOnEveryDouble() {
    Random random = new Random(4711);
    for (int i = 0; i < 200_000; i++) {
      double value = Double.longBitsToDouble(random.nextLong());
      if (Double.isFinite(value)) {
        assertThat(parse(Double.toString(value))).isEqualTo(value);
      }
    }
  }

  @Test
  void agreesWithJavaOnRandomDecimals() {
    Random random = new Random(815);
    for (int i = 0; i < 200_000; i++) {
      String text = decimal(random);
      double expected = Double.parseDouble(text);
      if (Double.isInfinite(expected)) {
        assertThatThrownBy(() -> parse(text)).hasMessageEndingWith(": value out of range");
      } else {
        assertThat(Double.doubleToRawLongBits(parse(text)))
            .as(text)
            .isEqualTo(Double.doubleToRawLongBits(expected));
      }
    }
  }

  private static String decimal(Random random) {
    StringBuilder out = new StringBuilder();
    out.append(new String[] {"", "-", "+"}[random.nextInt(3)]);
    digits(out, random, 1 + random.nextInt(random.nextInt(8) == 0 ? 40 : 18));
    if (random.nextBoolean()) {
      out.append('.');
      digits(out, random, random.nextInt(20));
    }
    if (random.nextInt(3) == 0) {
      out.append(random.nextBoolean() ? 'e' : 'E').append(random.nextInt(-330, 320));
    }
    return out.toString();
  }

  private static void digits(StringBuilder out, Random random, int count) {
    for (int i = 0; i < count; i++) {
      out.append((char) ('0' + random.nextInt(10)));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "NaN,NaN",
    "nan,NaN",
    "+Inf,Infinity",
    "-inf,-Infinity",
    "Infinity,Infinity",
    ".5,0.5",
    "5.,5.0",
    "-0,-0.0",
    "1e3,1000.0",
    "1E+3,1000.0",
    "0e999,0.0"
  })
  void readsWhatGoReads(String text, Double value) {
    assertThat(parse(text)).isEqualTo(value);
  }

  @ParameterizedTest
  @CsvSource({"1e", "e1", ".", "+", "1.2.3", "0x10", "1f", "1d", "--1", "+nan", "Info", "1 2"})
  void refusesWhatGoRefuses(String text) {
    assertThatThrownBy(() -> parse(text))
        .hasMessage("strconv.ParseFloat: parsing \"" + text + "\": invalid syntax");
  }

  @ParameterizedTest
  @CsvSource({
    "0,0.0",
    "1,1.0",
    "+Inf,+Inf",
    "1.0,1.0",
    "5e-05,5e-05",
    "0.00005,5e-05",
    "0.0001,0.0001",
    "100000,100000.0",
    "1000000,1e+06",
    "1234567,1.234567e+06",
    "1e21,1e+21",
    "-2.50,-2.5",
    "0.005,0.005",
    "abc,abc",
    "'',''",
    "0x1p-2,0.25",
    "1e300,1e+300",
    "NaN,NaN",
    ".5,0.5"
  })
  void spellsLabelNumbersAsPrometheus(String text, String spelled) {
    assertThat(LabelFloat.normalise(text)).isEqualTo(spelled);
  }
}
