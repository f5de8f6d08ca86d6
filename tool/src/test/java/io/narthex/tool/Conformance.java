package io.narthex.tool;

import java.nio.file.Path;

/** Where the shared conformance data lies. */
final class Conformance {
  private Conformance() {}

  /** A file or folder of it, which need not be there. */
  static Path folder(String name) {
    String given = System.getenv("NARTHEX_CONFORMANCE");
    Path shared =
        given == null
            ? Path.of(System.getProperty("narthex.root"), "../shared/conformance")
            : Path.of(given);
    return shared.resolve(name).normalize();
  }
}
