package io.narthex.server;

import io.narthex.cli.FlagValues;
import io.narthex.cli.UsageException;
import io.narthex.config.Config;
import io.narthex.config.ConfigException;
import io.narthex.config.ConfigLoader;
import io.narthex.config.LoadOptions;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/**
 * Where the configuration comes from: a file, or the built-in one that scrapes the server itself.
 */
final class ConfigSource {
  private final Path file;
  private final boolean builtIn;
  private final String selfAddress;
  private final String pathPrefix;

  private ConfigSource(Path file, boolean builtIn, String selfAddress, String pathPrefix) {
    this.file = file;
    this.builtIn = builtIn;
    this.selfAddress = selfAddress;
    this.pathPrefix = pathPrefix;
  }

  /** The built-in one stands in where no file is named and the default one does not exist. */
  static ConfigSource of(FlagValues flags) {
    Path file = Path.of(flags.text("config.file"));
    boolean builtIn = !flags.isGiven("config.file") && !Files.exists(file);
    return new ConfigSource(
        file,
        builtIn,
        selfAddress(flags.list("web.listen-address").getFirst()),
        ExternalUrl.of(flags).pathPrefix());
  }

  boolean isBuiltIn() {
    return builtIn;
  }

  Path file() {
    return file;
  }

  /** As log lines name it. */
  String name() {
    return builtIn ? "(built in)" : file.toString();
  }

  /** Reads it anew. */
  Config load() throws ConfigException {
    if (!builtIn) {
      return ConfigLoader.load(file, LoadOptions.server());
    }
    try (InputStream in = ConfigSource.class.getResourceAsStream("default-prometheus.yml")) {
      String yaml =
          new String(
              Objects.requireNonNull(in, "BUG: no default configuration").readAllBytes(),
              StandardCharsets.UTF_8);
      String filled = yaml.replace("${self}", selfAddress).replace("${prefix}", pathPrefix);
      return ConfigLoader.parse(filled, file, LoadOptions.server());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Where the server reaches itself when it listens on an address.
   *
   * @throws UsageException where the address has no port
   */
  static String selfAddress(String listenAddress) {
    int colon = listenAddress.lastIndexOf(':');
    if (colon < 0) {
      throw new UsageException(
          "--web.listen-address="
              + listenAddress
              + ": missing port in address, as in 0.0.0.0:9090");
    }
    String host = listenAddress.substring(0, colon);
    boolean any = host.isEmpty() || host.equals("0.0.0.0") || host.equals("[::]");
    return (any ? "localhost" : host) + listenAddress.substring(colon);
  }
}
