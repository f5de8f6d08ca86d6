package io.narthex.web.api.v1;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class EscapedNameTest {
  @ParameterizedTest
  @CsvSource({
    "job,job",
    "a_b,a_b",
    "U__job,job",
    "U__a_2E_b,a.b",
    "U__a_2e__62_,a.b",
    "U__a__b,a_b",
    "U___1F600_,😀",
    "U__a_b,U__a_b",
    "U__a_,U__a_",
    "U__a_zz_,U__a_zz_",
    "U__a_d800_,U__a_d800_",
    "U__a_110000_,U__a_110000_",
  })
  void undoesWhatIsWellEscaped(String escaped, String name) {
    assertThat(EscapedName.unescape(escaped)).isEqualTo(name);
  }
}
