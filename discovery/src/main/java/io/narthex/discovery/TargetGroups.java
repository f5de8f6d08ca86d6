package io.narthex.discovery;

import io.narthex.config.DiscoveryConfig;
import io.narthex.model.labels.Labels;
import io.narthex.model.labels.LabelsBuilder;
import java.util.ArrayList;
import java.util.List;

/** Makes target groups from the form that configurations, files and HTTP answers share. */
final class TargetGroups {
  private TargetGroups() {}

  /** A group with the labels that its place adds. */
  static TargetGroup of(DiscoveryConfig.Group group, String source, Labels added) {
    List<Labels> targets = new ArrayList<>();
    for (String address : group.targets()) {
      targets.add(Labels.of("__address__", address));
    }
    LabelsBuilder labels = new LabelsBuilder(group.labels());
    added.forEach(labels::set);
    return new TargetGroup(source, targets, labels.labels());
  }

  /** Numbered groups of one place, and empty ones for those of the last time that are gone. */
  static List<TargetGroup> ofPlace(
      List<DiscoveryConfig.Group> groups, String place, Labels added, int countBefore) {
    List<TargetGroup> all = new ArrayList<>();
    for (DiscoveryConfig.Group group : groups) {
      all.add(of(group, place + ":" + all.size(), added));
    }
    for (int i = groups.size(); i < countBefore; i++) {
      all.add(new TargetGroup(place + ":" + i, List.of(), Labels.EMPTY));
    }
    return all;
  }
}
