package io.narthex.cli;

/**
 * What stands on the command line without a flag.
 *
 * @param name as error and help texts call it
 * @param defaultValue what counts where it is left out; empty for nothing
 */
public record Argument(String name, boolean required, String defaultValue, String help) {
  public static Argument required(String name, String help) {
    return new Argument(name, true, "", help);
  }

  public static Argument optional(String name, String defaultValue, String help) {
    return new Argument(name, false, defaultValue, help);
  }

  /** {@code <name>}, in brackets where it may be left out. */
  String syntax() {
    return required ? "<" + name + ">" : "[<" + name + ">]";
  }
}
