package io.narthex.discovery;

import io.narthex.config.DiscoveryConfig;
import io.narthex.model.labels.Labels;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Reports the targets of the configuration itself, once. */
final class StaticDiscoverer implements Discoverer {
  private final List<TargetGroup> groups = new ArrayList<>();

  StaticDiscoverer(DiscoveryConfig.Static config) {
    for (DiscoveryConfig.Group group : config.groups()) {
      groups.add(TargetGroups.of(group, Integer.toString(groups.size()), Labels.EMPTY));
    }
  }

  @Override
  public void run(Consumer<List<TargetGroup>> report) {
    report.accept(groups);
  }
}
