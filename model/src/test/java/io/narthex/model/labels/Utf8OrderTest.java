package io.narthex.model.labels;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class Utf8OrderTest {
  private static final int[] CODE_POINTS = {
    'a', 'b', 0x7F, 0xE9, 0x7FF, 0xD7FF, 0xE000, 0xE400, 0xFFFD, 0xFFFF, 0x10000, 0x10FFFF
  };

  @Test
  void ordersAsTheBytesOfUtf8Do() {
    Random random = new Random(7);
    for (int i = 0; i < 20_000; i++) {
      String a = text(random);
      String b = text(random);
      int bytes =
          Arrays.compareUnsigned(
              a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));
      assertThat(Integer.signum(Utf8Order.compare(a, b)))
          .as("%s and %s", a, b)
          .isEqualTo(Integer.signum(bytes));
    }
  }

  private static String text(Random random) {
    StringBuilder text = new StringBuilder();
    for (int n = random.nextInt(4); n > 0; n--) {
      text.appendCodePoint(CODE_POINTS[random.nextInt(CODE_POINTS.length)]);
    }
    return text.toString();
  }
}
