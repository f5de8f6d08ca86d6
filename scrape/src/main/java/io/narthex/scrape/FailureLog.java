package io.narthex.scrape;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Failed scrapes as JSON, one line each, where {@code scrape_failure_log_file} says. */
final class FailureLog implements AutoCloseable {
  static final FailureLog NONE = new FailureLog("", OutputStream.nullOutputStream());

  private final String file;
  private OutputStream out;

  private FailureLog(String file, OutputStream out) {
    this.file = file;
    this.out = out;
  }

  /**
   * Opens a file for appending; an empty name is no file.
   *
   * @throws ScrapeException where it cannot be written
   */
  static FailureLog open(String file) {
    return file.isEmpty() ? NONE : new FailureLog(file, append(file));
  }

  private static OutputStream append(String file) {
    try {
      return Files.newOutputStream(
          Path.of(file), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new ScrapeException(
          "cannot write scrape_failure_log_file " + file + ": " + e.getMessage(), e);
    }
  }

  /** Opens the file again, as somebody may have moved it away. */
  synchronized void reopen() {
    if (this != NONE) {
      OutputStream fresh = append(file);
      close();
      out = fresh;
    }
  }

  synchronized void write(String job, String target, String error) {
    if (this == NONE) {
      return;
    }
    String line =
        "{\"time\":\""
            + Instant.now().truncatedTo(ChronoUnit.MILLIS)
            + "\",\"level\":\"ERROR\",\"msg\":"
            + json(error)
            + ",\"job_name\":"
            + json(job)
            + ",\"target\":"
            + json(target)
            + "}\n";
    try {
      out.write(line.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      // The scrape itself must not suffer from a full disk; its error is in the target's state too.
      return;
    }
  }

  private static String json(String text) {
    StringBuilder out = new StringBuilder(text.length() + 2).append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        out.append('\\').append(c);
      } else if (c == '\n') {
        out.append("\\n");
      } else if (c < ' ') {
        out.append("\\u00")
            .append(Character.forDigit(c >> 4, 16))
            .append(Character.forDigit(c & 15, 16));
      } else {
        out.append(c);
      }
    }
    return out.append('"').toString();
  }

  @Override
  public synchronized void close() {
    try {
      out.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
