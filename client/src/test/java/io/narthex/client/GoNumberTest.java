package io.narthex.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class GoNumberTest {
  private static String print(double value) {
    StringBuilder out = new StringBuilder();
    GoNumber.append(out, value);
    return out.toString();
  }

  @ParameterizedTest
  @CsvSource({
    "0,0",
    "-0.0,-0",
    "1,1",
    "-17,-17",
    "999999,999999",
    "1000000,1e+06",
    "1234567,1.234567e+06",
    "-1234567.5,-1.2345675e+06",
    "0.5,0.5",
    "0.0001,0.0001",
    "0.00001,1e-05",
    "0.000123,0.000123",
    "123.456,123.456",
    "100000.5,100000.5",
    "1e21,1e+21",
    "1e100,1e+100",
    "1.7976931348623157e308,1.7976931348623157e+308",
    "4.9e-324,5e-324",
    "9.9e-324,1e-323",
    "2.2250738585072014e-308,2.2250738585072014e-308",
    "NaN,NaN",
    "Infinity,+Inf",
    "-Infinity,-Inf",
  })
  void printsAsGoDoes(double value, String expected) {
    assertThat(print(value)).isEqualTo(expected);
  }

  @Test
  void readsBackToTheSameNumber() {
    Random random = new Random(20);
    for (int i = 0; i < 200_000; i++) {
      double value = Double.longBitsToDouble(random.nextLong());
      if (Double.isFinite(value)) {
        assertThat(Double.parseDouble(print(value))).isEqualTo(value);
      }
    }
  }
}
