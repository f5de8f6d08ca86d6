package io.narthex.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.narthex.cli.Flag.Kind;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FlagKindsTest {
  @Test
  void readsSizesInPowersOfTwo() {
    assertThat(ByteSize.parse("512MB")).isEqualTo(512L << 20);
    assertThat(ByteSize.parse("0B")).isZero();
    assertThatThrownBy(() -> ByteSize.parse("512")).hasMessageContaining("unknown unit");
  }

  @Test
  void readsDurationsAsGoWritesThem() {
    FlagParser parser = new FlagParser(List.of(new Flag("for", Kind.GO_DURATION, "0s", "")));
    assertThat(parser.parse("--for=1h30m").goDurationNanos("for")).isEqualTo(5_400_000_000_000L);
    assertThat(parser.parse().goDurationNanos("for")).isZero();
    assertThatThrownBy(() -> parser.parse("--for=1x"))
        .hasMessage("invalid value for flag '--for': time: unknown unit \"x\" in duration \"1x\"");
  }

  @Test
  void laterPairsOfTheSameKeyWin() {
    FlagParser parser = new FlagParser(List.of(new Flag("label", Kind.PAIR, "", "").many()));
    assertThat(parser.parse("--label=a=1", "--label=b=2=3", "--label=a=4").pairs("label"))
        .isEqualTo(Map.of("a", "4", "b", "2=3"));
    assertThatThrownBy(() -> parser.parse("--label=a"))
        .hasMessageEndingWith("expected KEY=VALUE got 'a'");
  }

  @Test
  void allKeepsEachOccurrenceAsItIs() {
    FlagParser parser = new FlagParser(List.of(new Flag("match", Kind.TEXT, "up", "").many()));
    assertThat(parser.parse("--match={a=\"1,2\"}", "--match=b").each("match"))
        .containsExactly("{a=\"1,2\"}", "b");
    assertThat(parser.parse().each("match")).containsExactly("up");
  }
}
