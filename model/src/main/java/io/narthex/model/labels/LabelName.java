package io.narthex.model.labels;

/**
 * What a label or metric name may be: any UTF-8 since Prometheus 3, or the older ASCII form
 * ("legacy").
 */
public final class LabelName {
  private LabelName() {}

  /** Letters, digits and underscore, not starting with a digit. */
  public static boolean isLegacy(CharSequence name) {
    return isIdentifier(name, false);
  }

  /** As a legacy label name, with colons allowed. */
  public static boolean isLegacyMetricName(CharSequence name) {
    return isIdentifier(name, true);
  }

  /** Any non-empty text that has a UTF-8 form, so one without unpaired surrogates. */
  public static boolean isValidUtf8(CharSequence name) {
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (Character.isHighSurrogate(c)
          && i + 1 < name.length()
          && Character.isLowSurrogate(name.charAt(i + 1))) {
        i++;
      } else if (Character.isSurrogate(c)) {
        return false;
      }
    }
    return !name.isEmpty();
  }

  private static boolean isIdentifier(CharSequence name, boolean colon) {
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      boolean ok =
          (c >= 'a' && c <= 'z')
              || (c >= 'A' && c <= 'Z')
              || c == '_'
              || (c == ':' && colon)
              || (c >= '0' && c <= '9' && i > 0);
      if (!ok) {
        return false;
      }
    }
    return !name.isEmpty();
  }
}
