package io.narthex.server.flags;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.narthex.cli.Flag;
import io.narthex.cli.FlagParser;
import io.narthex.cli.FlagValues;
import io.narthex.cli.HelpText;
import io.narthex.cli.UsageException;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ServerFlagsTest {
  private final FlagParser parser = new FlagParser(ServerFlags.ALL);

  @Test
  void takesValuesBehindEqualsSignOrBlank() {
    FlagValues values = parser.parse("--config.file=a.yml", "--storage.tsdb.path", "dir");
    assertThat(values.text("config.file")).isEqualTo("a.yml");
    assertThat(values.text("storage.tsdb.path")).isEqualTo("dir");
    assertThat(values.given()).isEqualTo(Set.of("config.file", "storage.tsdb.path"));
  }

  @Test
  void fillsInDefaults() {
    FlagValues values = parser.parse();
    assertThat(values.durationMillis("query.lookback-delta")).isEqualTo(300_000);
    assertThat(values.bool("web.enable-lifecycle")).isFalse();
    assertThat(values.bool("auto-gomaxprocs")).isTrue();
    assertThat(values.all()).containsEntry("query.max-samples", "50000000").hasSizeGreaterThan(70);
  }

  @Test
  void switchesBooleansOnAndOff() {
    assertThat(parser.parse("--web.enable-lifecycle").bool("web.enable-lifecycle")).isTrue();
    assertThat(parser.parse("--no-auto-gomaxprocs").bool("auto-gomaxprocs")).isFalse();
  }

  @Test
  void joinsRepeatedFlags() {
    FlagValues values =
        parser.parse(
            "--enable-feature=a,b",
            "--enable-feature=c",
            "--web.listen-address=:1",
            "--web.listen-address=:2");
    assertThat(values.list("enable-feature")).containsExactly("a", "b", "c");
    assertThat(values.list("web.listen-address")).containsExactly(":1", ":2");
  }

  @Test
  void suggestsTheFlagThatWasMeant() {
    assertThatThrownBy(() -> parser.parse("--storage.tsdb.retention.tine=1d"))
        .isInstanceOf(UsageException.class)
        .hasMessage(
            "unknown long flag '--storage.tsdb.retention.tine', did you mean"
                + " '--storage.tsdb.retention.time'?");
    assertThatThrownBy(() -> parser.parse("--foo")).hasMessage("unknown long flag '--foo'");
  }

  @Test
  void refusesWhatPrometheusRefuses() {
    assertThatThrownBy(() -> parser.parse("extra")).hasMessage("unexpected extra");
    assertThatThrownBy(() -> parser.parse("--config.file"))
        .hasMessage("expected argument for flag '--config.file'");
    assertThatThrownBy(() -> parser.parse("--query.timeout=abc"))
        .hasMessage(
            "invalid value for flag '--query.timeout': not a valid duration string: \"abc\"");
    assertThatThrownBy(() -> parser.parse("--log.level=loud"))
        .hasMessageContaining("unrecognized log level loud");
    assertThatThrownBy(() -> parser.parse("--query.max-samples=many"))
        .hasMessageContaining("query.max-samples");
    assertThatThrownBy(() -> parser.parse("--config.file=a", "--config.file=b"))
        .hasMessage("flag 'config.file' cannot be repeated");
  }

  @Test
  void helpNamesEveryVisibleFlag() {
    String help = HelpText.of("narthex server", ServerFlags.HELP, ServerFlags.ALL);
    for (Flag flag : ServerFlags.ALL) {
      assertThat(help.contains(flag.name() + "=") || help.contains("[no-]" + flag.name()))
          .as(flag.name())
          .isEqualTo(!flag.hidden());
    }
    assertThat(help.lines().filter(line -> line.length() > 80 && !line.contains("=")).toList())
        .isEmpty();
  }
}
