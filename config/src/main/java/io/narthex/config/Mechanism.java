package io.narthex.config;

import io.narthex.config.yaml.Section;
import io.narthex.config.yaml.Values;
import java.util.List;

/**
 * The configuration side of a discovery mechanism.
 *
 * @param name as in {@code <name>_sd_configs}
 * @param http whether the section has the keys of http_config
 * @param pathKeys keys that are file names
 */
record Mechanism(String name, Section section, boolean http, List<String> pathKeys) {
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
