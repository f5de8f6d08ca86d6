package io.narthex.promql.exec.call;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/**
 * Orders texts so that numbers in them count by size ({@code node2} before {@code node10}), as the
 * library that Prometheus sorts labels with does.
 */
final class NaturalOrder {
  private NaturalOrder() {}

  static boolean isBefore(String a, String b) {
    List<String> x = parts(a);
    List<String> y = parts(b);
    for (int i = 0; i < x.size() && i < y.size(); i++) {
      String p = x.get(i);
      String q = y.get(i);
      if (p.equals(q)) {
        continue;
      }
      boolean digitsP = startsWithDigit(p);
      boolean digitsQ = startsWithDigit(q);
      if (digitsP && digitsQ) {
        int c = new BigInteger(p).compareTo(new BigInteger(q));
        if (c != 0) {
          return c < 0;
        }
        // The same number with more leading zeros: the longer text comes first.
        return p.length() > q.length();
      }
      if (digitsP != digitsQ) {
        return digitsP;
      }
      return p.compareTo(q) < 0;
    }
    return x.size() < y.size();
  }

  private static boolean startsWithDigit(String part) {
    return !part.isEmpty() && part.charAt(0) >= '0' && part.charAt(0) <= '9';
  }

  /** Runs of digits and runs of anything else, in turn. */
  private static List<String> parts(String text) {
    List<String> parts = new ArrayList<>();
    int start = 0;
    for (int i = 1; i <= text.length(); i++) {
      if (i == text.length() || isDigit(text.charAt(i)) != isDigit(text.charAt(i - 1))) {
        parts.add(text.substring(start, i));
        start = i;
      }
    }
    return parts;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
