package io.narthex.config;

import java.util.Map;

/**
 * What loading a configuration depends on besides the file.
 *
 * @param agentMode whether the program only forwards: no rules, no alerting, no remote read
 * @param environment for {@code $VAR} in external labels
 */
public record LoadOptions(boolean agentMode, Map<String, String> environment) {
  /** A server with the environment of the process. */
  public static LoadOptions server() {
    return new LoadOptions(false, System.getenv());
  }

  /** An agent with the environment of the process. */
  public static LoadOptions agent() {
    return new LoadOptions(true, System.getenv());
  }
}
