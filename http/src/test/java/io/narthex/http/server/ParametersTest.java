package io.narthex.http.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class ParametersTest {
  @Test
  void formComesBeforeQuery() {
    Parameters parameters = Parameters.of("a=1&b=2", "a=3&c");
    assertThat(parameters.all("a")).containsExactly("1", "3");
    assertThat(parameters.first("c")).isEmpty();
    assertThat(parameters.has("c")).isTrue();
    assertThat(parameters.has("d")).isFalse();
    assertThat(parameters.names()).containsExactly("a", "b", "c");
  }

  @Test
  void dropsBrokenPairsAndKeepsTheFirstError() {
    Parameters parameters = Parameters.of("", "a=%zz&b=1;c=2&d=4&e=%4");
    assertThat(parameters.names()).containsExactly("d");
    assertThat(parameters.error()).isEqualTo("invalid URL escape \"%zz\"");
    assertThat(Parameters.of("", "a;b").error()).isEqualTo("invalid semicolon separator in query");
    assertThat(Parameters.of("", "x=100%").error()).isEqualTo("invalid URL escape \"%\"");
  }

  @Test
  void undoesEscapesOfAnyText() {
    Random random = new Random(11);
    for (int i = 0; i < 2_000; i++) {
      String text =
          random
              .ints(random.nextInt(20), 0, 0x11_0000)
              .filter(c -> c < 0xD800 || c > 0xDFFF)
              .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
              .toString();
      String encoded = URLEncoder.encode(text, StandardCharsets.UTF_8);
      assertThat(Parameters.of("k=" + encoded, "").all("k")).isEqualTo(List.of(text));
    }
  }
}
