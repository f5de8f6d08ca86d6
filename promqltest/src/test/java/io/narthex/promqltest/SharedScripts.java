package io.narthex.promqltest;

import io.narthex.client.MetricRegistry;
import io.narthex.promql.Engine;
import io.narthex.promqltest.ScriptRunner.Outcome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The shared scripts, and the engine that they are written for. */
final class SharedScripts {
  private SharedScripts() {}

  static Path folder() {
    String given = System.getenv("NARTHEX_CONFORMANCE");
    Path shared =
        given != null
            ? Path.of(given)
            : Path.of(System.getProperty("narthex.root", ".."))
                .resolve("../shared/conformance")
                .normalize();
    return shared.resolve("promql/promqltest");
  }

  static List<Path> files() {
    try (Stream<Path> files = Files.list(folder())) {
      return files.filter(file -> file.toString().endsWith(".test")).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Engine engine() {
    return new Engine(ScriptRunner.engineOptions(), new MetricRegistry());
  }

  static List<Outcome> run(Path file, Engine engine) {
    try {
      return new ScriptRunner(engine, MemoryStorage::new).run(TestScript.read(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (ScriptException e) {
      throw new AssertionError(file + ": " + e.getMessage(), e);
    }
  }
}
