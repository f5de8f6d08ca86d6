package io.narthex.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Reads configuration files. */
public final class ConfigLoader {
  private ConfigLoader() {}

  /**
   * Reads a file and those that it includes.
   *
   * @throws ConfigException with every problem of the file
   */
  public static Config load(Path file, LoadOptions options) throws ConfigException {
    try {
      return parse(Files.readString(file), file, options);
    } catch (IOException e) {
      throw new ConfigException(
          List.of(new ConfigException.Problem(file.toString(), 0, 0, "", e.toString())));
    }
  }

  /**
   * Reads the text of a file that need not exist.
   *
   * @param file names it in messages; its folder is what relative paths start from
   */
  public static Config parse(String yaml, Path file, LoadOptions options) throws ConfigException {
    throw new ConfigException(
        List.of(new ConfigException.Problem(file.toString(), 0, 0, "", "no binder")));
  }
}
