package io.narthex.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.narthex.cli.Flag.Kind;
import java.util.List;
import org.junit.jupiter.api.Test;

class CommandParserTest {
  private static final Command LIST =
      Command.of(
          "list",
          "Lists.",
          List.of(
              new Flag("human", Kind.BOOLEAN, "false", "Readable.").brief('r'),
              new Flag("depth", Kind.INTEGER, "1", "Levels.").brief('d')),
          Argument.optional("db path", "data/", "Where."));
  private static final Command COPY =
      Command.of(
          "copy", "Copies.", List.of(), Argument.required("from", ""), Argument.required("to", ""));
  private static final Command PROGRAM =
      Command.group(
          "tool",
          "Tools.",
          List.of(new Flag("quiet", Kind.BOOLEAN, "false", "Silence.").brief('q')),
          Command.group("tsdb", "Databases.", List.of(), LIST, COPY));

  private final CommandParser parser = new CommandParser(PROGRAM);

  @Test
  void findsTheCommandItsFlagsAndItsArguments() {
    CommandValues values = parser.parse("--quiet", "tsdb", "list", "dir", "--human");
    assertThat(values.name()).isEqualTo("tsdb list");
    assertThat(values.arguments()).containsExactly("dir");
    assertThat(values.flags().bool("quiet")).isTrue();
    assertThat(values.flags().bool("human")).isTrue();
  }

  @Test
  void fillsInWhatIsLeftOut() {
    CommandValues values = parser.parse("tsdb", "list");
    assertThat(values.arguments()).containsExactly("data/");
    assertThat(values.flags().integer("depth")).isEqualTo(1);
  }

  @Test
  void readsLettersTogetherAndWithTheirValues() {
    assertThat(parser.parse("tsdb", "list", "-qr").flags().given())
        .containsExactlyInAnyOrder("quiet", "human");
    assertThat(parser.parse("tsdb", "list", "-rd3").flags().integer("depth")).isEqualTo(3);
    assertThat(parser.parse("tsdb", "list", "-d", "4").flags().integer("depth")).isEqualTo(4);
  }

  @Test
  void takesEverythingBehindTwoDashesAsArguments() {
    assertThat(parser.parse("tsdb", "list", "--", "--dir").arguments()).containsExactly("--dir");
  }

  @Test
  void refusesWhatPrometheusRefuses() {
    refused("expected command but got \"foo\"", "foo");
    refused("must select a subcommand of 'tsdb'", "tsdb");
    refused("unexpected b", "tsdb", "list", "a", "b");
    refused("required argument 'to' not provided", "tsdb", "copy", "a");
    refused("unknown short flag '-x'", "tsdb", "list", "-x");
    refused("flag 'human' cannot be repeated", "tsdb", "list", "-rr");
    refused("expected argument for flag '--depth'", "tsdb", "list", "--depth");
    refused("unknown long flag '--human'", "--human", "tsdb", "list");
  }

  private void refused(String message, String... args) {
    assertThatThrownBy(() -> parser.parse(args))
        .isInstanceOf(UsageException.class)
        .hasMessage(message);
  }

  @Test
  void helpIsAboutTheCommandThatIsNamed() {
    assertThat(parser.help("tsdb", "list")).isEmpty();
    assertThat(parser.help("tsdb", "list", "--", "-h")).isEmpty();
    assertThat(parser.help("tsdb", "list", "-h"))
        .hasValueSatisfying(
            text ->
                assertThat(text)
                    .startsWith("usage: tool tsdb list [<flags>] [<db path>]\n\nLists.\n")
                    .contains("  -r, --[no-]human", "  -q, --[no-]quiet", "  [<db path>]"));
    assertThat(parser.help("help", "tsdb")).isEqualTo(parser.help("tsdb", "--help"));
    assertThat(parser.help())
        .hasValueSatisfying(
            text -> assertThat(text).contains("tsdb list [<flags>] [<db path>]\n    Lists.\n"));
  }

  @Test
  void takesAllWordsToTheEndForAnArgumentThatIsRepeated() {
    Command run = Command.of("run", "Runs.", List.of(), Argument.many("file", "What."));
    CommandParser many = new CommandParser(Command.group("tool", "Tools.", List.of(), run));
    assertThat(many.parse("run", "a", "b", "c").arguments()).containsExactly("a", "b", "c");
    assertThat(many.parse("run", "a").arguments()).containsExactly("a");
    assertThatThrownBy(() -> many.parse("run")).hasMessage("required argument 'file' not provided");
    assertThat(many.help("run", "--help").orElseThrow())
        .startsWith("usage: tool run [<flags>] <file>...");
  }

  @Test
  void namesAllFlagsThatMustBeGivenAndAreNot() {
    CommandParser find =
        new CommandParser(
            Command.group(
                "tool",
                "Tools.",
                List.of(),
                Command.of(
                    "find",
                    "Finds.",
                    List.of(
                        new Flag("where", Kind.TEXT, "", "Place.").demanded(),
                        new Flag("match", Kind.TEXT, "", "What.").many().demanded()),
                    Argument.required("from", ""))));
    assertThatThrownBy(() -> find.parse("find"))
        .hasMessage("required flag(s) '--match', '--where' not provided");
    assertThatThrownBy(() -> find.parse("find", "--where=x"))
        .hasMessage("required flag(s) '--match' not provided");
    assertThat(find.parse("find", "--where=x", "--match=y", "a").flags().text("where"))
        .isEqualTo("x");
    assertThat(find.help("find", "-h").orElseThrow())
        .startsWith("usage: tool find --where=WHERE --match=MATCH [<flags>] <from>\n")
        .contains("--match=MATCH ...");
  }
}
