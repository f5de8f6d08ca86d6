package io.narthex.scrape;

/** How the last scrape of a target went. */
public enum TargetHealth {
  UNKNOWN("unknown"),
  UP("up"),
  DOWN("down");

  private final String text;

  TargetHealth(String text) {
    this.text = text;
  }

  /** As in the API. */
  public String text() {
    return text;
  }
}
