package io.narthex.web.api.v1;

import io.narthex.model.labels.GoQuote;
import java.util.Optional;

/** What the parameter {@code stats} may be. */
final class StatsParameter {
  private StatsParameter() {}

  /** What to say of a value of the parameter that will be refused one day. */
  static Optional<String> deprecation(String stats) {
    return switch (stats) {
      case "", "true", "all" -> Optional.empty();
      default ->
          Optional.of(
              "value "
                  + GoQuote.quote(stats)
                  + " for parameter \"stats\" is deprecated and will be rejected in the next major"
                  + " release, use \"true\" or \"all\"");
    };
  }
}
