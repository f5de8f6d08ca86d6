package io.narthex.config;

/** How a target is asked to write names that are not legacy names. */
public enum NameEscaping {
  ALLOW_UTF8("allow-utf-8"),
  UNDERSCORES("underscores"),
  DOTS("dots"),
  VALUES("values");

  private final String text;

  NameEscaping(String text) {
    this.text = text;
  }

  /** As in configuration files and in the Accept header. */
  public String text() {
    return text;
  }
}
