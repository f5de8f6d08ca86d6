package io.narthex.config;

import io.narthex.config.yaml.Section;
import io.narthex.config.yaml.Values;
import java.util.List;
import java.util.stream.Stream;

/** All discovery mechanisms that a configuration may name. */
final class Mechanisms {
  /** All mechanisms but {@code static}, in the order in which they are printed. */
  static final List<Mechanism> ALL =
      Stream.of(
              CloudDiscoverySections.ALL.stream(),
              ClusterDiscoverySections.ALL.stream(),
              PlainDiscoverySections.ALL.stream())
          .flatMap(all -> all)
          .sorted((a, b) -> a.key().compareTo(b.key()))
          .toList();

  private Mechanisms() {}

  /** Adds the lists of all mechanisms to a section, in their order. */
  static Section addAll(Section section) {
    boolean staticAdded = false;
    for (Mechanism mechanism : ALL) {
      if (!staticAdded && mechanism.key().compareTo(Mechanism.STATIC_KEY) > 0) {
        section.sections(Mechanism.STATIC_KEY, PlainDiscoverySections.STATIC);
        staticAdded = true;
      }
      section.sections(mechanism.key(), mechanism.section());
    }
    return section.check(Mechanisms::refuseEmpty);
  }

  private static void refuseEmpty(Values values) {
    for (Mechanism mechanism : ALL) {
      refuseEmpty(values, mechanism.key());
    }
    refuseEmpty(values, Mechanism.STATIC_KEY);
  }

  private static void refuseEmpty(Values values, String key) {
    for (int i = 0; i < values.sections(key).size(); i++) {
      if (values.sections(key).get(i) == null) {
        values.refuseEntry(key, i, "empty or null section in " + key);
      }
    }
  }
}
