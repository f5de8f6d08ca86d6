package io.narthex.exposition;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.exposition.negotiation.BodyFormat;
import io.narthex.exposition.negotiation.FormatNegotiation;
import io.narthex.model.labels.Labels;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Random samples, written in all the ways that a format allows, come back as they were. */
final class CursorPropertyTest {
  private record Line(Labels labels, double value, long timestamp, String text) {}

  private static final String[] NAMES = {"a", "foo", "foo_bar", "http:requests", "_x9", "up"};
  private static final String[] LABELS = {"job", "instance", "le", "_a", "code9"};
  private static final String[] VALUES = {
    "",
    "x",
    "a b",
    "comma,brace}",
    "quote\"s",
    "back\\slash",
    "new\nline",
    "\u00e9\u4e16\ud83d\ude00",
    "a value that is longer than eight bytes",
    "12345678",
    "1234567\"",
    "\t"
  };

  @ParameterizedTest
  @EnumSource(names = {"TEXT", "OPENMETRICS"})
  void readsBackWhatWasWritten(BodyFormat format) {
    Random random = new Random(99);
    for (int round = 0; round < 2000; round++) {
      List<Line> lines = new ArrayList<>();
      StringBuilder body = new StringBuilder();
      for (int i = 0; i < 8; i++) {
        Line line = line(random, format);
        lines.add(line);
        body.append(line.text);
      }
      if (format == BodyFormat.OPENMETRICS) {
        body.append("# EOF\n");
      }
      check(format, body.toString(), lines);
    }
  }

  private static void check(BodyFormat format, String body, List<Line> lines) {
    ExpositionCursor cursor = FormatNegotiation.cursor(format, SpanPredictor.NONE);
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    cursor.reset(bytes, bytes.length);
    for (Line line : lines) {
      assertThat(cursor.next()).as(body).isEqualTo(Entry.SERIES);
      assertThat(cursor.labels()).as(line.text).isEqualTo(line.labels);
      assertThat(cursor.value()).as(line.text).isEqualTo(Double.valueOf(line.value));
      assertThat(cursor.hasTimestamp()).as(line.text).isEqualTo(line.timestamp != 0);
      if (line.timestamp != 0) {
        assertThat(cursor.timestampMillis()).as(line.text).isEqualTo(line.timestamp);
      }
    }
    assertThat(cursor.next()).isEqualTo(Entry.END);
  }

  private static Line line(Random random, BodyFormat format) {
    boolean blanks = format == BodyFormat.TEXT && random.nextInt(4) == 0;
    String blank = blanks ? (random.nextBoolean() ? " " : "\t ") : "";
    boolean quotedName = random.nextInt(4) == 0;
    String name = quotedName ? "my.metric \"x\"" : NAMES[random.nextInt(NAMES.length)];
    List<String> pairs = new ArrayList<>(List.of("__name__", name));
    StringBuilder inner = new StringBuilder(quotedName ? quote(name) : "");
    for (String label : LABELS) {
      if (random.nextInt(3) == 0) {
        String value = VALUES[random.nextInt(VALUES.length)];
        boolean quotedLabel = random.nextInt(5) == 0;
        String key = quotedLabel ? label + ".q" : label;
        inner.append(inner.isEmpty() ? "" : "," + blank);
        inner.append(quotedLabel ? quote(key) : key).append(blank).append('=').append(blank);
        inner.append(quote(value));
        pairs.add(key);
        pairs.add(value);
      }
    }
    if (!inner.isEmpty() && random.nextInt(4) == 0) {
      inner.append(',');
    }
    StringBuilder text = new StringBuilder(quotedName ? "" : name);
    if (!inner.isEmpty() || random.nextInt(5) == 0) {
      text.append(blank).append('{').append(inner).append(blank).append('}');
    }
    double value = value(random);
    text.append(' ').append(blank).append(number(value));
    long seconds = random.nextInt(3) == 0 ? 1 + random.nextInt(2_000_000_000) : 0;
    long millis = format == BodyFormat.TEXT ? seconds : seconds * 1000;
    if (seconds != 0) {
      text.append(' ').append(blank).append(seconds);
    }
    text.append(blanks && seconds != 0 ? " " : "").append('\n');
    return new Line(Labels.of(pairs.toArray(new String[0])), value, millis, text.toString());
  }

  private static double value(Random random) {
    return switch (random.nextInt(5)) {
      case 0 -> random.nextInt(1000);
      case 1 -> random.nextDouble();
      case 2 -> Double.NaN;
      case 3 -> Double.NEGATIVE_INFINITY;
      default -> random.nextLong() / 1e3;
    };
  }

  private static String number(double value) {
    if (Double.isNaN(value)) {
      return "NaN";
    }
    return Double.isInfinite(value) ? "-Inf" : Double.toString(value);
  }

  private static String quote(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\n", "\\n").replace("\"", "\\\"") + '"';
  }

  /** Whatever the bytes, a cursor ends or refuses; it never reads outside or runs for ever. */
  @ParameterizedTest
  @EnumSource(names = {"TEXT", "OPENMETRICS"})
  void survivesAnyBytes(BodyFormat format) {
    Random random = new Random(1);
    byte[] alphabet =
        "# HELPTYPEUNITEOF\n{}\",=\\a1 .\t\0\u00e9+-e:_".getBytes(StandardCharsets.UTF_8);
    ExpositionCursor cursor = FormatNegotiation.cursor(format, SpanPredictor.NONE);
    for (int round = 0; round < 50_000; round++) {
      byte[] body = new byte[random.nextInt(40)];
      for (int i = 0; i < body.length; i++) {
        body[i] = alphabet[random.nextInt(alphabet.length)];
      }
      walk(cursor, body);
    }
  }

  private static void walk(ExpositionCursor cursor, byte[] body) {
    cursor.reset(Arrays.copyOf(body, body.length), body.length);
    try {
      for (int steps = 0; steps <= body.length + 1; steps++) {
        Entry entry = cursor.next();
        if (entry == Entry.END) {
          return;
        }
        if (entry == Entry.SERIES) {
          assertThat(cursor.labels()).isNotNull();
        }
      }
      throw new AssertionError("no end: " + Arrays.toString(body));
    } catch (ExpositionException e) {
      assertThat(e.getMessage()).isNotEmpty();
    }
  }
}
