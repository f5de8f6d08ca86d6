package io.narthex.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.narthex.cli.FlagParser;
import io.narthex.cli.FlagValues;
import io.narthex.cli.UsageException;
import io.narthex.server.flags.ServerFlag;
import io.narthex.server.flags.ServerFlags;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class IneffectiveFlagsTest {
  private static final String REFUSED = "web.config.file";

  @Test
  void tellsEachFlagGivenThatDoesNothing() {
    assertThat(
            IneffectiveFlags.warnings(
                parse("--web.enable-otlp-receiver", "--query.timeout=1m", "--no-auto-gomaxprocs")))
        .containsExactly(
            "--auto-gomaxprocs has no effect: the Java virtual machine always heeds the CPU quota",
            "--web.enable-otlp-receiver has no effect: OTLP is not received by this version; send"
                + " remote write instead");
  }

  @Test
  void isSilentAboutFlagsThatAreNotGiven() {
    assertThat(IneffectiveFlags.warnings(parse())).isEmpty();
  }

  @Test
  void refusesToServeOpenlyWhereTlsIsAskedFor() {
    assertThatThrownBy(() -> IneffectiveFlags.refuseUnsafe(parse("--web.config.file=web.yml")))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("--web.config.file=web.yml")
        .hasMessageContaining("reverse proxy");
    IneffectiveFlags.refuseUnsafe(parse("--web.config.file="));
  }

  /** A flag that nothing reads and that is not listed would be passed over in silence. */
  @Test
  void everyFlagIsEitherReadOrListed() throws IOException {
    String sources = sources();
    for (ServerFlag flag : ServerFlags.BY_MODE) {
      if (flag.mode() != ServerFlag.Mode.AGENT && !flag.name().equals(REFUSED)) {
        assertThat(sources.contains('"' + flag.name() + '"'))
            .as("--%s is read by the server", flag.name())
            .isEqualTo(!IneffectiveFlags.contains(flag.name()));
      }
    }
  }

  private static String sources() throws IOException {
    Path root = Path.of(System.getProperty("narthex.root"), "server/src/main/java");
    StringBuilder text = new StringBuilder();
    try (Stream<Path> files = Files.walk(root)) {
      List<String> declaring =
          List.of("ServerFlags.java", "IneffectiveFlags.java", "Features.java");
      for (Path file : files.filter(path -> path.toString().endsWith(".java")).toList()) {
        if (!declaring.contains(file.getFileName().toString())) {
          text.append(Files.readString(file));
        }
      }
    }
    return text.toString();
  }

  private static FlagValues parse(String... flags) {
    return new FlagParser(ServerFlags.ALL).parse(flags);
  }
}
