package io.narthex.promqltest;

import io.narthex.promql.Engine;
import io.narthex.promql.EngineOptions;
import io.narthex.storage.Storage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
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

  /** The settings of engines that scripts are written for: all of the language, few samples. */
  public static EngineOptions engineOptions() {
    return EngineOptions.defaults()
        .with()
        .maxSamples(10_000)
        .timeoutMillis(100_000)
        .delayedNameRemoval(true)
        .useStartTimestamps(true)
        .experimentalFunctions(true)
        .durationExpressions(true)
        .extendedSelectors(true)
        .binopFill(true)
        .build();
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

  /**
   * Runs all commands and reports every evaluation in order.
   *
   * @throws ScriptException where a load makes no sense
   */
  public List<Outcome> run(TestScript script) throws ScriptException {
    List<Outcome> outcomes = new ArrayList<>();
    run(script, outcomes::add);
    return outcomes;
  }

  /**
   * Runs all commands and hands over what came of each evaluation before the next is run.
   *
   * @throws ScriptException where a load makes no sense; the evaluations before have been reported
   */
  public void run(TestScript script, Consumer<Outcome> report) throws ScriptException {
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
            report.accept(
                new Outcome(script.name(), evaluation.line(), evaluation.query(), failure));
          }
        }
      }
    } finally {
      close(storage);
    }
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
