package io.narthex.config.relabel;

import java.util.List;

/**
 * One relabeling rule, with defaults filled in.
 *
 * @param regex RE2, matched against the whole text
 * @param modulus of {@code hashmod}, else 0
 */
public record RelabelConfig(
    List<String> sourceLabels,
    String separator,
    String regex,
    long modulus,
    String targetLabel,
    String replacement,
    RelabelAction action) {
  public static final String DEFAULT_SEPARATOR = ";";
  public static final String DEFAULT_REGEX = "(.*)";
  public static final String DEFAULT_REPLACEMENT = "$1";

  public RelabelConfig {
    sourceLabels = List.copyOf(sourceLabels);
  }
}
