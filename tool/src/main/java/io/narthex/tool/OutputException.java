package io.narthex.tool;

import java.io.IOException;

/** The output cannot be written: whoever reads it has gone, or the disk is full. */
public final class OutputException extends RuntimeException {
  OutputException(IOException cause) {
    super("write /dev/stdout: " + cause.getMessage(), cause);
  }

  /** Whether the reader has had enough, as {@code head} has; nobody wants to hear of that. */
  boolean readerIsGone() {
    return String.valueOf(getCause().getMessage()).contains("Broken pipe");
  }
}
