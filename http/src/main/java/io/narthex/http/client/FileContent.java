package io.narthex.http.client;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Reads what a configuration names by file, with errors that name the file. */
final class FileContent {
  private FileContent() {}

  /** The whole file. */
  static String read(String what, String file) throws TransportException {
    try {
      return Files.readString(Path.of(file));
    } catch (NoSuchFileException e) {
      throw new TransportException(
          TransportException.Kind.CONFIG,
          "unable to read " + what + " " + file + ": no such file or directory",
          e);
    } catch (IOException e) {
      throw new TransportException(
          TransportException.Kind.CONFIG,
          "unable to read " + what + " " + file + ": " + e.getMessage(),
          e);
    }
  }

  /** The file without blanks around it, or the text where no file is named. */
  static String secret(String what, Secret inline, String file) throws TransportException {
    return file.isEmpty() ? inline.value() : read(what, file).strip();
  }
}
