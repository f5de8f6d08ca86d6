package io.narthex.tsdb.encoding;

import java.nio.file.Path;

/**
 * A file is damaged: the message names it, the byte offset, what was expected and what is there.
 */
public class CorruptionException extends DecodeException {
  private final Path path;
  private final long offset;

  public CorruptionException(Path path, long offset, String problem) {
    super(path + ": corrupted at byte " + offset + ": " + problem);
    this.path = path;
    this.offset = offset;
  }

  public CorruptionException(Path path, long offset, String problem, Throwable cause) {
    super(path + ": corrupted at byte " + offset + ": " + problem, cause);
    this.path = path;
    this.offset = offset;
  }

  public Path path() {
    return path;
  }

  /** Where the damage was found, in bytes from the start of the file. */
  public long offset() {
    return offset;
  }
}
