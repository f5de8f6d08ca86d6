package io.narthex.web.json;

import io.narthex.model.labels.Labels;
import io.narthex.model.value.FloatStyle;
import io.narthex.model.value.GoFloat;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Writes JSON into a buffer that belongs to the caller and is handed to a stream whenever it is
 * full. The end stays in the buffer: whoever made the writer sends {@link #buffered} bytes at last.
 *
 * <p>Commas are the writer's business; names and values must alternate in objects, which is not
 * checked.
 *
 * <p>Texts come in two kinds, as in Prometheus: labels are escaped as little as JSON demands, all
 * others so that they may stand in HTML.
 */
public final class JsonWriter {
  private static final int MAX_ESCAPE_LENGTH = 6;
  private static final int MAX_LONG_LENGTH = 20;
  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] TRUE = "true".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] FALSE = "false".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] NULL = "null".getBytes(StandardCharsets.US_ASCII);

  /**
   * For every ASCII character, whether it stands for itself: in labels, and where HTML must not be
   * harmed.
   */
  private static final boolean[] PLAIN = plainCharacters("\"\\");

  private static final boolean[] PLAIN_IN_HTML = plainCharacters("\"\\<>&");

  private final OutputStream out;
  private final byte[] buffer;
  private int position;
  private boolean commaDue;

  /**
   * @param buffer of at least 1 KiB
   */
  public JsonWriter(OutputStream out, byte[] buffer) {
    this.out = out;
    this.buffer = buffer;
  }

  /** How many bytes of the buffer wait to be sent. */
  public int buffered() {
    return position;
  }

  public JsonWriter beginObject() throws IOException {
    return open('{');
  }

  public JsonWriter endObject() throws IOException {
    return close('}');
  }

  public JsonWriter beginArray() throws IOException {
    return open('[');
  }

  public JsonWriter endArray() throws IOException {
    return close(']');
  }

  /** The name of an object's member. */
  public JsonWriter name(String name) throws IOException {
    value();
    quoted(name, PLAIN_IN_HTML);
    put(':');
    commaDue = false;
    return this;
  }

  /** A text, escaped so that it may stand in HTML. */
  public JsonWriter text(String text) throws IOException {
    value();
    quoted(text, PLAIN_IN_HTML);
    return this;
  }

  public JsonWriter number(long number) throws IOException {
    value();
    ensure(MAX_LONG_LENGTH);
    position = decimal(buffer, position, number);
    return this;
  }

  public JsonWriter number(double number) throws IOException {
    value();
    ensure(GoFloat.MAX_LENGTH);
    position = GoFloat.append(buffer, position, number, FloatStyle.JSON);
    return this;
  }

  public JsonWriter bool(boolean value) throws IOException {
    return raw(value ? TRUE : FALSE);
  }

  public JsonWriter nothing() throws IOException {
    return raw(NULL);
  }

  /** A value that is JSON already. */
  public JsonWriter raw(byte[] json) throws IOException {
    value();
    putAll(json);
    return this;
  }

  /** A label set as an object. */
  public JsonWriter labels(Labels labels) throws IOException {
    value();
    put('{');
    for (int i = 0; i < labels.size(); i++) {
      if (i > 0) {
        put(',');
      }
      quoted(labels.name(i), PLAIN);
      put(':');
      quoted(labels.value(i), PLAIN);
    }
    put('}');
    return this;
  }

  /** The name of a member, escaped as little as possible. */
  public JsonWriter plainName(String name) throws IOException {
    value();
    quoted(name, PLAIN);
    put(':');
    commaDue = false;
    return this;
  }

  /** Milliseconds as seconds with up to three decimals. */
  public JsonWriter timestamp(long millis) throws IOException {
    value();
    ensure(MAX_LONG_LENGTH + 4);
    position = seconds(buffer, position, millis);
    return this;
  }

  /** A sample's value: a number in quotes, because JSON knows neither NaN nor infinities. */
  public JsonWriter sampleValue(double number) throws IOException {
    value();
    ensure(GoFloat.MAX_LENGTH + 2);
    position = quotedNumber(buffer, position, number);
    return this;
  }

  /** As {@link #sampleValue}, but never with an exponent: the value of a scalar result. */
  JsonWriter fixedValue(double number) throws IOException {
    value();
    ensure(GoFloat.MAX_FIXED_LENGTH + 2);
    buffer[position] = '"';
    position = GoFloat.append(buffer, position + 1, number, FloatStyle.FIXED);
    buffer[position++] = '"';
    return this;
  }

  /** A pair of time and value: {@code [1435781451.781,"1"]}. */
  JsonWriter point(long millis, double number) throws IOException {
    ensure(MAX_LONG_LENGTH + 4 + GoFloat.MAX_LENGTH + 6);
    byte[] b = buffer;
    int p = position;
    if (commaDue) {
      b[p++] = ',';
    }
    b[p++] = '[';
    p = seconds(b, p, millis);
    b[p++] = ',';
    p = quotedNumber(b, p, number);
    b[p++] = ']';
    position = p;
    commaDue = true;
    return this;
  }

  private static int quotedNumber(byte[] b, int at, double number) {
    b[at] = '"';
    int p = GoFloat.append(b, at + 1, number, FloatStyle.JSON);
    b[p] = '"';
    return p + 1;
  }

  private static int seconds(byte[] b, int at, long millis) {
    int p = at;
    long abs = millis;
    if (millis < 0) {
      b[p++] = '-';
      abs = -millis;
    }
    p = decimal(b, p, abs / 1000);
    int fraction = (int) (abs % 1000);
    if (fraction != 0) {
      b[p++] = '.';
      b[p++] = (byte) ('0' + fraction / 100);
      b[p++] = (byte) ('0' + fraction / 10 % 10);
      b[p++] = (byte) ('0' + fraction % 10);
    }
    return p;
  }

  private static int decimal(byte[] b, int at, long number) {
    if (number >= 0 && number <= Integer.MAX_VALUE) {
      return smallDecimal(b, at, (int) number);
    }
    int p = at;
    long rest = number;
    if (number < 0) {
      b[p++] = '-';
    } else {
      // Negative numbers reach further than positive ones.
      rest = -number;
    }
    int digits = 1;
    for (long probe = rest; probe <= -10; probe /= 10) {
      digits++;
    }
    for (int i = p + digits - 1; i >= p; i--) {
      long tenth = rest / 10;
      b[i] = (byte) ('0' + (10 * tenth - rest));
      rest = tenth;
    }
    return p + digits;
  }

  /** Two digits at a time, with the cheaper division of ints. */
  private static int smallDecimal(byte[] b, int at, int number) {
    int digits = 1;
    for (long limit = 10; number >= limit; limit *= 10) {
      digits++;
    }
    int rest = number;
    int i = at + digits;
    while (i - at >= 2) {
      int hundredth = rest / 100;
      int pair = rest - 100 * hundredth;
      rest = hundredth;
      int tens = pair / 10;
      b[--i] = (byte) ('0' + (pair - 10 * tens));
      b[--i] = (byte) ('0' + tens);
    }
    if (i > at) {
      b[at] = (byte) ('0' + rest);
    }
    return at + digits;
  }

  private JsonWriter open(char bracket) throws IOException {
    value();
    put(bracket);
    commaDue = false;
    return this;
  }

  private JsonWriter close(char bracket) throws IOException {
    put(bracket);
    commaDue = true;
    return this;
  }

  /** Called before each member or value: separates it from the one before. */
  private void value() throws IOException {
    if (commaDue) {
      put(',');
    }
    commaDue = true;
  }

  private void put(char ascii) throws IOException {
    ensure(1);
    buffer[position++] = (byte) ascii;
  }

  private void putAll(byte[] bytes) throws IOException {
    if (bytes.length > buffer.length) {
      flush();
      out.write(bytes, 0, bytes.length);
      return;
    }
    ensure(bytes.length);
    System.arraycopy(bytes, 0, buffer, position, bytes.length);
    position += bytes.length;
  }

  private void quoted(String text, boolean[] plain) throws IOException {
    put('"');
    int i = 0;
    int n = text.length();
    while (i < n) {
      ensure(MAX_ESCAPE_LENGTH);
      i = plainRun(text, i, plain);
      if (i < n) {
        ensure(MAX_ESCAPE_LENGTH);
        i = special(text, i, plain == PLAIN_IN_HTML);
      }
    }
    put('"');
  }

  /**
   * Copies characters that stand for themselves as far as the buffer reaches; returns where it
   * stopped.
   */
  private int plainRun(String text, int from, boolean[] plain) throws IOException {
    byte[] b = buffer;
    int p = position;
    int i = from;
    int n = text.length();
    while (i < n) {
      char c = text.charAt(i);
      if (c >= 0x80 || !plain[c]) {
        break;
      }
      if (p == b.length) {
        position = p;
        flush();
        p = 0;
      }
      b[p++] = (byte) c;
      i++;
    }
    position = p;
    return i;
  }

  /** Writes one character that is escaped or not ASCII; returns the index behind it. */
  private int special(String text, int i, boolean html) {
    char c = text.charAt(i);
    switch (c) {
      case '"', '\\' -> escape(c);
      case '\n' -> escape('n');
      case '\r' -> escape('r');
      case '\t' -> escape('t');
      case '\u2028', '\u2029' -> {
        if (html) {
          unicodeEscape(c);
        } else {
          utf8(c);
        }
      }
      default -> {
        if (c < 0x80) {
          unicodeEscape(c);
        } else if (!Character.isSurrogate(c)) {
          utf8(c);
        } else if (Character.isHighSurrogate(c)
            && i + 1 < text.length()
            && Character.isLowSurrogate(text.charAt(i + 1))) {
          utf8(Character.toCodePoint(c, text.charAt(i + 1)));
          return i + 2;
        } else if (html) {
          unicodeEscape('\ufffd');
        } else {
          utf8('\ufffd');
        }
      }
    }
    return i + 1;
  }

  private void escape(char c) {
    buffer[position++] = '\\';
    buffer[position++] = (byte) c;
  }

  private void unicodeEscape(char c) {
    buffer[position++] = '\\';
    buffer[position++] = 'u';
    for (int shift = 12; shift >= 0; shift -= 4) {
      buffer[position++] = HEX[c >> shift & 15];
    }
  }

  private void utf8(int c) {
    byte[] b = buffer;
    if (c < 0x800) {
      b[position++] = (byte) (0xc0 | c >> 6);
    } else {
      if (c < 0x10000) {
        b[position++] = (byte) (0xe0 | c >> 12);
      } else {
        b[position++] = (byte) (0xf0 | c >> 18);
        b[position++] = (byte) (0x80 | c >> 12 & 0x3f);
      }
      b[position++] = (byte) (0x80 | c >> 6 & 0x3f);
    }
    b[position++] = (byte) (0x80 | c & 0x3f);
  }

  private void ensure(int room) throws IOException {
    if (buffer.length - position < room) {
      flush();
    }
  }

  private void flush() throws IOException {
    out.write(buffer, 0, position);
    position = 0;
  }

  private static boolean[] plainCharacters(String exceptions) {
    boolean[] plain = new boolean[0x80];
    for (int c = 0x20; c < plain.length; c++) {
      plain[c] = exceptions.indexOf(c) < 0;
    }
    return plain;
  }
}
