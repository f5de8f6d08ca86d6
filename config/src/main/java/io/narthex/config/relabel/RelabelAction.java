package io.narthex.config.relabel;

import java.util.Locale;
import java.util.Optional;

/** What a relabeling rule does. */
public enum RelabelAction {
  /** Sets the target label to the expanded replacement where the regex matches. */
  REPLACE,
  /** Drops the label set unless the regex matches. */
  KEEP,
  /** Drops the label set where the regex matches. */
  DROP,
  /** Drops the label set unless the source equals the target label. */
  KEEPEQUAL,
  /** Drops the label set where the source equals the target label. */
  DROPEQUAL,
  /** Sets the target label to a hash of the source modulo a number. */
  HASHMOD,
  /** Copies labels whose name matches to the expanded replacement. */
  LABELMAP,
  /** Removes labels whose name matches. */
  LABELDROP,
  /** Removes labels whose name does not match. */
  LABELKEEP,
  /** Sets the target label to the source in lower case. */
  LOWERCASE,
  /** Sets the target label to the source in upper case. */
  UPPERCASE;

  /** As in configuration files. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Reads a name in any case. */
  public static Optional<RelabelAction> parse(String text) {
    for (RelabelAction action : values()) {
      if (action.name().equalsIgnoreCase(text)) {
        return Optional.of(action);
      }
    }
    return Optional.empty();
  }
}
