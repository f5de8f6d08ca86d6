package io.narthex.promqltest;

import io.narthex.promql.Engine;
import io.narthex.storage.Storage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Runs scripts on an engine, over storages made for the purpose.
 *
 * <p>An evaluation that fails does not stop the script: each one is reported.
 */
public final class ScriptRunner {
  private final Engine engine;
  private final Supplier<? extends Storage> storages;

  /**
   * @param storages makes an empty storage: for each script, and at each {@code clear}; one that is
   *     {@link AutoCloseable} is closed
   */
  public ScriptRunner(Engine engine, Supplier<? extends Storage> storages) {
    this.engine = engine;
    this.storages = storages;
  }

  /**
   * What came of one evaluation.
   *
   * @param script the script's name
   * @param line the line of the command, from 1
   * @param failure what was expected and what came, where it is not right
   */
  public record Outcome(String script, int line, String query, Optional<String> failure) {
    public boolean passed() {
      return failure.isEmpty();
    }

    @Override
    public String toString() {
      return script + ":" + line + ": " + query + failure.map(text -> "\n  " + text).orElse("");
    }
  }

  /** Runs all commands and reports every evaluation in order. */
  public List<Outcome> run(TestScript script) {
    List<Outcome> outcomes = new ArrayList<>();
    Storage storage = storages.get();
    try {
      for (ScriptStep step : script.steps()) {
        switch (step) {
          case ScriptStep.Clear _ -> {
            close(storage);
            storage = storages.get();
          }
          case ScriptStep.Load load -> Loader.load(load, storage);
          case Evaluation evaluation -> {
            Optional<String> failure = new EvaluationRun(engine, storage, evaluation).failure();
            outcomes.add(
                new Outcome(script.name(), evaluation.line(), evaluation.query(), failure));
          }
        }
      }
    } finally {
      close(storage);
    }
    return outcomes;
  }

  private static void close(Storage storage) {
    if (storage instanceof AutoCloseable closeable) {
      try {
        closeable.close();
      } catch (Exception e) {
        throw new IllegalStateException("cannot close the storage of a script", e);
      }
    }
  }
}
