package io.narthex.config;

import io.narthex.config.yaml.Values;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The folder of a configuration file, which relative paths in the file start from. */
record Folder(Path path) {
  static Folder of(Path file) {
    Path parent = file.getParent();
    return new Folder(parent == null ? Path.of("") : parent);
  }

  /** The path as it is to be opened; empty stays empty. */
  String resolve(String file) {
    return file.isEmpty() || file.startsWith("/")
        ? file
        : path.resolve(file).normalize().toString();
  }

  void resolve(Values values, String... names) {
    for (String name : names) {
      values.set(name, resolve(values.text(name)));
    }
  }

  void resolveList(Values values, String name) {
    List<@Nullable Object> resolved = new ArrayList<>();
    for (String file : values.texts(name)) {
      resolved.add(resolve(file));
    }
    values.set(name, resolved);
  }
}
