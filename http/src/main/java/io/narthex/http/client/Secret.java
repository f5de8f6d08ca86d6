package io.narthex.http.client;

/** Text that must not be shown: it prints as {@code <secret>}. */
public record Secret(String value) {
  public static final Secret EMPTY = new Secret("");

  /** What stands in the place of a secret wherever people look. */
  public static final String MASK = "<secret>";

  public boolean isEmpty() {
    return value.isEmpty();
  }

  /** The mask; nothing where there is no secret. */
  @Override
  public String toString() {
    return value.isEmpty() ? "" : MASK;
  }
}
