package io.narthex.config.yaml;

/**
 * What a key's value may be. The Java form is given for each; null stands for an absent section.
 */
public sealed interface YamlType {
  /** A single value. */
  enum Scalar implements YamlType {
    /** String; any scalar is accepted as its text. */
    TEXT("string"),
    /** {@link io.narthex.http.client.Secret}. */
    SECRET("config.plain"),
    /** Boolean. */
    BOOL("bool"),
    /** Boolean, or null where neither set nor defaulted. */
    OPTIONAL_BOOL("bool"),
    /** Long in the range of 32 bits and more. */
    INT("int"),
    /** Long, not negative. */
    UINT("uint"),
    /** Double. */
    FLOAT("float64"),
    /** {@link java.time.Duration}. */
    DURATION("string"),
    /** Long, bytes. */
    SIZE("string"),
    /** String that is an URL or empty; its password is masked in print. */
    URL("string"),
    /** String that is an RE2 expression. */
    REGEX("string"),
    /** String that is a label name. */
    LABEL_NAME("string"),
    /** Any value: String, Long, Double, Boolean, List, Map. */
    ANY("interface {}");

    final String goName;

    Scalar(String goName) {
      this.goName = goName;
    }
  }

  /** A text of a closed set. {@code error} is the message for others, {@code %s} their text. */
  record Choice(String goName, java.util.Set<String> accepted, String error, boolean ignoreCase)
      implements YamlType {}

  /** A {@code List} of elements; elements may be null only where they are sections. */
  record ListOf(YamlType element, boolean flow) implements YamlType {}

  /** A {@code Map} from text, in the order of the file. */
  record MapOf(YamlType key, YamlType value) implements YamlType {}

  /**
   * A nested mapping as {@link Values}.
   *
   * @param optional whether it is null where absent; else it then has its defaults
   */
  record Nested(Section section, boolean optional) implements YamlType {}
}
