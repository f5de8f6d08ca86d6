package io.narthex.config;

import io.narthex.config.yaml.Section;
import io.narthex.config.yaml.Values;
import java.util.List;
import java.util.stream.Stream;

/**
 * The configuration side of a discovery mechanism.
 *
 * @param name as in {@code <name>_sd_configs}
 * @param http whether the section has the keys of http_config
 * @param pathKeys keys that are file names
 */
record Mechanism(String name, Section section, boolean http, List<String> pathKeys) {
  /** All mechanisms but {@code static}, in the order in which they are printed. */
  static final List<Mechanism> ALL =
      Stream.of(
              CloudDiscoverySections.ALL.stream(),
              ClusterDiscoverySections.ALL.stream(),
              PlainDiscoverySections.ALL.stream())
          .flatMap(all -> all)
          .sorted((a, b) -> a.key().compareTo(b.key()))
          .toList();

  static final String STATIC_KEY = "static_configs";

  static Mechanism http(String name, Section section, String... pathKeys) {
    return new Mechanism(name, section, true, List.of(pathKeys));
  }

  static Mechanism plain(String name, Section section, String... pathKeys) {
    return new Mechanism(name, section, false, List.of(pathKeys));
  }

  /** The key of the list in a job. */
  String key() {
    return name + "_sd_configs";
  }

  /** Adds the lists of all mechanisms to a section, in their order. */
  static Section addAll(Section section) {
    boolean staticAdded = false;
    for (Mechanism mechanism : ALL) {
      if (!staticAdded && mechanism.key().compareTo(STATIC_KEY) > 0) {
        section.sections(STATIC_KEY, PlainDiscoverySections.STATIC);
        staticAdded = true;
      }
      section.sections(mechanism.key(), mechanism.section());
    }
    return section.check(Mechanism::refuseEmpty);
  }

  private static void refuseEmpty(Values values) {
    for (Mechanism mechanism : ALL) {
      refuseEmpty(values, mechanism.key());
    }
    refuseEmpty(values, STATIC_KEY);
  }

  private static void refuseEmpty(Values values, String key) {
    for (int i = 0; i < values.sections(key).size(); i++) {
      if (values.sections(key).get(i) == null) {
        values.refuseEntry(key, i, "empty or null section in " + key);
      }
    }
  }

  void resolvePaths(Values values, Folder folder) {
    if (http) {
      HttpClientReader.resolvePaths(values, folder);
    }
    folder.resolve(values, pathKeys.toArray(new String[0]));
    if (name.equals("file")) {
      folder.resolveList(values, "files");
    }
    if (name.equals("openstack") || name.equals("triton")) {
      HttpClientReader.resolveTls(values.section("tls_config"), folder);
    }
  }
}
