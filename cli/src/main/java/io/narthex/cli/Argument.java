package io.narthex.cli;

/**
 * What stands on the command line without a flag.
 *
 * @param name as error and help texts call it
 * @param defaultValue what counts where it is left out; empty for nothing
 * @param repeated whether all words to the end of the line are values of it; the last one only
 */
public record Argument(
    String name, boolean required, String defaultValue, boolean repeated, String help) {
  public static Argument required(String name, String help) {
    return new Argument(name, true, "", false, help);
  }

  public static Argument optional(String name, String defaultValue, String help) {
    return new Argument(name, false, defaultValue, false, help);
  }

  /** One or more words. */
  public static Argument many(String name, String help) {
    return new Argument(name, true, "", true, help);
  }

  /** {@code <name>}, in brackets where it may be left out, with dots where more may follow. */
  String syntax() {
    String one = "<" + name + ">" + (repeated ? "..." : "");
    return required ? one : "[" + one + "]";
  }
}
