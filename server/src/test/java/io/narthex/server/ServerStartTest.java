package io.narthex.server;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.narthex.cli.FlagParser;
import io.narthex.cli.FlagValues;
import io.narthex.cli.UsageException;
import io.narthex.config.ConfigException;
import io.narthex.server.flags.ServerFlags;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerStartTest {
  @TempDir private Path folder;

  private void start(String... given) throws ConfigException {
    String[] all = new String[given.length + 1];
    System.arraycopy(given, 0, all, 0, given.length);
    all[given.length] = "--storage.tsdb.path=" + folder;
    FlagValues flags = new FlagParser(ServerFlags.ALL).parse(all);
    ConfigSource source = ConfigSource.of(flags);
    new Server(flags, source, source.load(), () -> {}).close();
  }

  @Test
  void refusesListenAddressWithoutPort() {
    assertThatThrownBy(() -> start("--web.listen-address=localhost"))
        .isInstanceOf(UsageException.class)
        .hasMessage("--web.listen-address=localhost: missing port in address, as in 0.0.0.0:9090");
  }

  @Test
  void refusesListenAddressWithoutNumber() {
    assertThatThrownBy(() -> start("--web.listen-address=127.0.0.1:a b"))
        .isInstanceOf(UsageException.class)
        .hasMessage("--web.listen-address=127.0.0.1:a b: invalid port");
  }

  @Test
  void refusesBadCorsOrigin() {
    assertThatThrownBy(() -> start("--web.listen-address=127.0.0.1:0", "--web.cors.origin=("))
        .isInstanceOf(UsageException.class)
        .hasMessageStartingWith("--web.cors.origin: could not compile CORS regex string \"(\": ");
  }
}
