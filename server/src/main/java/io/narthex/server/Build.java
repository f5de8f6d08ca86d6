package io.narthex.server;

import io.narthex.web.BuildInfo;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.Properties;

/** What was built, and which Prometheus it answers as. */
final class Build {
  /** The version of Prometheus whose behaviour this one has. */
  static final String PROMETHEUS_VERSION = "3.14.0";

  private final Properties properties = new Properties();

  Build() {
    try (InputStream in = Build.class.getResourceAsStream("build.properties")) {
      properties.load(Objects.requireNonNull(in, "BUG: build.properties is missing"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  BuildInfo info() {
    return new BuildInfo(
        PROMETHEUS_VERSION,
        properties.getProperty("revision"),
        properties.getProperty("branch"),
        "",
        properties.getProperty("date"),
        "java" + Runtime.version());
  }

  /** As {@code --version} prints it. */
  String text() {
    return "narthex, version "
        + properties.getProperty("version")
        + " (answers as prometheus "
        + PROMETHEUS_VERSION
        + ")\n  java version:     "
        + Runtime.version()
        + "\n  platform:         "
        + System.getProperty("os.name")
        + "/"
        + System.getProperty("os.arch");
  }
}
