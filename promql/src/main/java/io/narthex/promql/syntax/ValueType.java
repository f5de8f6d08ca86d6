package io.narthex.promql.syntax;

/** What an expression yields. */
public enum ValueType {
  SCALAR("scalar", "scalar"),
  VECTOR("vector", "instant vector"),
  MATRIX("matrix", "range vector"),
  STRING("string", "string");

  private final String apiName;
  private final String documentedName;

  ValueType(String apiName, String documentedName) {
    this.apiName = apiName;
    this.documentedName = documentedName;
  }

  /** As in {@code resultType} of the HTTP API. */
  public String apiName() {
    return apiName;
  }

  /** As the documentation and the error texts say. */
  public String documentedName() {
    return documentedName;
  }
}
