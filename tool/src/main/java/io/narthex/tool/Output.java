package io.narthex.tool;

import io.narthex.model.value.FloatStyle;
import io.narthex.model.value.GoFloat;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** What a command prints: UTF-8 text, collected and written in large pieces. */
public final class Output implements AutoCloseable {
  private static final int BYTES = 1 << 16;

  private final OutputStream to;
  private byte[] bytes = new byte[BYTES + GoFloat.MAX_FIXED_LENGTH];
  private int size;

  public Output(OutputStream to) {
    this.to = to;
  }

  public Output text(String text) {
    return bytes(text.getBytes(StandardCharsets.UTF_8));
  }

  /** A line and its end. */
  public Output line(String text) {
    return text(text).character('\n');
  }

  public Output bytes(byte[] text) {
    room(text.length);
    System.arraycopy(text, 0, bytes, size, text.length);
    size += text.length;
    return this;
  }

  /** An ASCII character. */
  public Output character(char c) {
    room(1);
    bytes[size++] = (byte) c;
    return this;
  }

  /** A number as Go's {@code %g} prints it. */
  public Output number(double value) {
    room(GoFloat.MAX_LENGTH);
    size = GoFloat.append(bytes, size, value, FloatStyle.GENERAL);
    return this;
  }

  public Output number(long value) {
    room(20);
    if (value == Long.MIN_VALUE) {
      return text(Long.toString(value));
    }
    long rest = value;
    if (rest < 0) {
      bytes[size++] = '-';
      rest = -rest;
    }
    int end = size + digits(rest);
    size = end;
    do {
      long tenth = rest / 10;
      bytes[--end] = (byte) ('0' + (rest - 10 * tenth));
      rest = tenth;
    } while (rest > 0);
    return this;
  }

  private static int digits(long number) {
    int count = 1;
    long limit = 10;
    while (count < 19 && number >= limit) {
      count++;
      limit *= 10;
    }
    return count;
  }

  private void room(int more) {
    if (size + more > bytes.length) {
      flush();
      if (more > bytes.length) {
        bytes = Arrays.copyOf(bytes, more);
      }
    }
  }

  /**
   * @throws OutputException where nobody takes it
   */
  public void flush() {
    try {
      to.write(bytes, 0, size);
      to.flush();
    } catch (IOException e) {
      throw new OutputException(e);
    } finally {
      size = 0;
    }
  }

  @Override
  public void close() {
    flush();
  }
}
