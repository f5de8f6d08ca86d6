package io.narthex.model.labels;

/**
 * Orders strings by their UTF-8 bytes. It differs from {@link String#compareTo} only where
 * surrogates take part.
 */
public final class Utf8Order {
  /** No surrogate of a well-formed string is nearer to a char that sorts before it. */
  private static final int SAFE_DISTANCE =
      Character.MIN_LOW_SURROGATE - Character.MIN_HIGH_SURROGATE;

  private Utf8Order() {}

  public static int compare(String a, String b) {
    // Strings of one symbol table are the same object where they are equal.
    if (a == b) {
      return 0;
    }
    // The result is a difference of chars or of lengths; a small one cannot be of a surrogate.
    int c = a.compareTo(b);
    return c <= SAFE_DISTANCE && c >= -SAFE_DISTANCE ? c : compareChars(a, b);
  }

  private static int compareChars(String a, String b) {
    int n = Math.min(a.length(), b.length());
    for (int i = 0; i < n; i++) {
      char x = a.charAt(i);
      char y = b.charAt(i);
      if (x != y) {
        // Surrogates stand for code points above every other char, so they sort last.
        boolean surrogateX = Character.isSurrogate(x);
        if (surrogateX != Character.isSurrogate(y)) {
          return surrogateX ? 1 : -1;
        }
        return x - y;
      }
    }
    return a.length() - b.length();
  }
}
