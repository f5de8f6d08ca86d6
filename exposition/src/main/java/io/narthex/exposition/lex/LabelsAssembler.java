package io.narthex.exposition.lex;

import io.narthex.model.labels.Labels;
import io.narthex.model.labels.Utf8Order;
import io.narthex.model.metadata.MetricType;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Builds label sets from positions in a body. Keeps the strings of recent short texts, as most
 * names and many values come again in the next line.
 */
final class LabelsAssembler {
  private static final int RECENT = 256;
  private static final int LONGEST_RECENT = 64;

  private final String[] recent = new String[RECENT];
  private List<String> emptyLabels = List.of();
  private String duplicateLabel = "";

  /** Names of labels with empty values in the last series. */
  List<String> emptyLabels() {
    return emptyLabels;
  }

  /** The name that came twice in the last series; empty where none did. */
  String duplicateLabel() {
    return duplicateLabel;
  }

  /** Name and labels of a sample; {@code le} and {@code quantile} in their one spelling. */
  Labels series(byte[] b, int[] offsets, int count, MetricType type) {
    String[] pairs = new String[count / 2 + 1];
    pairs[0] = Labels.METRIC_NAME;
    pairs[1] = unescape(text(b, offsets[0], offsets[1]), true);
    int n = 2;
    for (int i = 2; i < count; i += 4) {
      String name = unescape(text(b, offsets[i], offsets[i + 1]), true);
      String value = unescape(text(b, offsets[i + 2], offsets[i + 3]), true);
      boolean number =
          (type == MetricType.HISTOGRAM && name.equals(Labels.BUCKET))
              || (type == MetricType.SUMMARY && name.equals(Labels.QUANTILE));
      pairs[n++] = name;
      pairs[n++] = number ? LabelFloat.normalise(value) : value;
    }
    return sorted(pairs, n);
  }

  /** The labels of an exemplar, whose escapes stay as they are. */
  Labels exemplar(byte[] b, int[] offsets, int count) {
    String[] pairs = new String[count / 2];
    for (int i = 0; i < count; i += 2) {
      pairs[i / 2] = text(b, offsets[i], offsets[i + 1]);
    }
    return sorted(pairs, pairs.length);
  }

  /** Sorts, and leaves out empty values; of a name that comes twice the last value counts. */
  private Labels sorted(String[] pairs, int count) {
    String[] out = new String[count];
    duplicateLabel = "";
    int n = 0;
    for (int i = 0; i < count; i += 2) {
      int at = n;
      while (at > 0 && Utf8Order.compare(out[at - 2], pairs[i]) > 0) {
        at -= 2;
      }
      if (at > 0 && out[at - 2].equals(pairs[i])) {
        out[at - 1] = pairs[i + 1];
        duplicateLabel = pairs[i];
        continue;
      }
      System.arraycopy(out, at, out, at + 2, n - at);
      out[at] = pairs[i];
      out[at + 1] = pairs[i + 1];
      n += 2;
    }
    return withoutEmpty(out, n);
  }

  private Labels withoutEmpty(String[] pairs, int count) {
    emptyLabels = List.of();
    int n = 0;
    for (int i = 0; i < count; i += 2) {
      if (pairs[i + 1].isEmpty()) {
        addEmpty(pairs[i]);
      } else {
        pairs[n] = pairs[i];
        pairs[n + 1] = pairs[i + 1];
        n += 2;
      }
    }
    return Labels.ofSorted(n == pairs.length ? pairs : Arrays.copyOf(pairs, n));
  }

  private void addEmpty(String name) {
    if (emptyLabels.isEmpty()) {
      emptyLabels = new ArrayList<>();
    }
    emptyLabels.add(name);
  }

  /** The bytes as a string, the same object as a short while ago where possible. */
  String text(byte[] b, int from, int to) {
    int length = to - from;
    if (length <= 0) {
      return "";
    }
    if (length > LONGEST_RECENT) {
      return decode(b, from, to);
    }
    int hash = length;
    for (int i = from; i < to; i++) {
      hash = hash * 31 + b[i];
    }
    int slot = (hash ^ (hash >>> 15)) & (RECENT - 1);
    String known = recent[slot];
    if (known != null && same(known, b, from, length)) {
      return known;
    }
    String made = decode(b, from, to);
    recent[slot] = made;
    return made;
  }

  /** Bytes that are no UTF-8 become lone surrogates, which no valid name contains. */
  private static String decode(byte[] b, int from, int to) {
    if (ByteQuote.isUtf8(b, from, to)) {
      return new String(b, from, to - from, StandardCharsets.UTF_8);
    }
    StringBuilder out = new StringBuilder(to - from);
    for (int i = from; i < to; i++) {
      out.append(b[i] >= 0 ? (char) b[i] : (char) (0xdc00 + (b[i] & 0xff)));
    }
    return out.toString();
  }

  private static boolean same(String text, byte[] b, int from, int length) {
    if (text.length() != length) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      if (text.charAt(i) != b[from + i]) {
        return false;
      }
    }
    return true;
  }

  /** Resolves {@code \\}, {@code \n} and, in label values, {@code \"}; others stay as they are. */
  static String unescape(String text, boolean quotesToo) {
    int backslash = text.indexOf('\\');
    if (backslash < 0) {
      return text;
    }
    StringBuilder out = new StringBuilder(text.length());
    int from = 0;
    while (backslash >= 0 && backslash + 1 < text.length()) {
      char escaped = text.charAt(backslash + 1);
      int resolved =
          switch (escaped) {
            case '\\' -> '\\';
            case 'n' -> '\n';
            case '"' -> quotesToo ? '"' : -1;
            default -> -1;
          };
      int step = 1;
      if (resolved >= 0) {
        out.append(text, from, backslash).append((char) resolved);
        from = backslash + 2;
        step = 2;
      }
      backslash = text.indexOf('\\', backslash + step);
    }
    return out.append(text, from, text.length()).toString();
  }
}
