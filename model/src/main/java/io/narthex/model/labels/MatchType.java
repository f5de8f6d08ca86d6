package io.narthex.model.labels;

/** How a matcher compares. */
public enum MatchType {
  EQUAL("="),
  NOT_EQUAL("!="),
  REGEX("=~"),
  NOT_REGEX("!~");

  private final String operator;

  MatchType(String operator) {
    this.operator = operator;
  }

  /** As it stands in a selector. */
  public String operator() {
    return operator;
  }
}
