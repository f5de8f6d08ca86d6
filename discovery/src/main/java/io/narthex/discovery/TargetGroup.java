package io.narthex.discovery;

import io.narthex.model.labels.Labels;
import java.util.List;

/**
 * Targets that come from one place and share labels.
 *
 * @param source names the place, unique within its discoverer; a later group of the same source
 *     replaces the earlier one, and one without targets removes it
 * @param targets each target's own labels, {@code __address__} at least
 * @param labels shared by all targets; the targets' own win
 */
public record TargetGroup(String source, List<Labels> targets, Labels labels) {
  public TargetGroup {
    targets = List.copyOf(targets);
  }
}
