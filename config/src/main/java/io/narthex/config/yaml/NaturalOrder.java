package io.narthex.config.yaml;

/** The order of map keys in go-yaml: letters behind other characters, numbers by value. */
final class NaturalOrder {
  private NaturalOrder() {}

  static int compare(String a, String b) {
    for (int i = 0; i < a.length() && i < b.length(); i++) {
      char x = a.charAt(i);
      char y = b.charAt(i);
      if (x == y) {
        continue;
      }
      boolean letterX = Character.isLetter(x);
      boolean letterY = Character.isLetter(y);
      if (letterX && letterY) {
        return Character.compare(x, y);
      }
      if (letterX || letterY) {
        return letterY ? -1 : 1;
      }
      int endX = digitsEnd(a, i);
      int endY = digitsEnd(b, i);
      long numberX = number(a, i, endX);
      long numberY = number(b, i, endY);
      if (numberX != numberY) {
        return Long.compare(numberX, numberY);
      }
      return endX != endY ? Integer.compare(endX, endY) : Character.compare(x, y);
    }
    return Integer.compare(a.length(), b.length());
  }

  private static int digitsEnd(String text, int from) {
    int end = from;
    while (end < text.length() && Character.isDigit(text.charAt(end)) && end - from < 18) {
      end++;
    }
    return end;
  }

  private static long number(String text, int from, int end) {
    long number = 0;
    for (int i = from; i < end; i++) {
      number = number * 10 + Character.digit(text.charAt(i), 10);
    }
    return number;
  }
}
