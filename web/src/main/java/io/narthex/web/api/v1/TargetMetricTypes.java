package io.narthex.web.api.v1;

import io.narthex.promql.explain.MetricTypes;
import io.narthex.scrape.FamilyMetadata;
import io.narthex.scrape.Target;
import io.narthex.scrape.TargetsView;
import java.util.List;
import java.util.Optional;

/** The types of metrics as the targets that are scraped now tell them. */
final class TargetMetricTypes implements MetricTypes {
  /** A family's metrics may end in these, beside its name. */
  private static final List<String> ENDINGS =
      List.of("", "_total", "_bucket", "_count", "_sum", "_created");

  private final TargetsView targets;

  TargetMetricTypes(TargetsView targets) {
    this.targets = targets;
  }

  @Override
  public String typeOf(String metric) {
    for (String ending : ENDINGS) {
      if (metric.endsWith(ending) && metric.length() > ending.length()) {
        String family = metric.substring(0, metric.length() - ending.length());
        Optional<String> type = typeOfFamily(family);
        if (type.isPresent()) {
          return type.get();
        }
      }
    }
    return "";
  }

  private Optional<String> typeOfFamily(String family) {
    for (List<Target> pool : targets.active().values()) {
      for (Target target : pool) {
        Optional<FamilyMetadata> found = target.metadata(family);
        if (found.isPresent()) {
          return Optional.of(found.get().metadata().type().text());
        }
      }
    }
    return Optional.empty();
  }
}
