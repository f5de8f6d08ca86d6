package io.narthex.tool.script;

import io.narthex.client.MetricRegistry;
import io.narthex.promql.Engine;
import io.narthex.promqltest.MemoryStorage;
import io.narthex.promqltest.ScriptException;
import io.narthex.promqltest.ScriptRunner;
import io.narthex.promqltest.ScriptRunner.Outcome;
import io.narthex.promqltest.TestScript;
import io.narthex.tool.Output;
import io.narthex.tool.Progress;
import io.narthex.tool.ToolException;
import io.narthex.tsdb.encoding.FileErrors;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/**
 * {@code test promql}: runs scripts on the engine, over a storage in memory. Each evaluation that
 * fails is printed with its place and with what was expected and what came; the last line counts.
 */
public final class ScriptTest {
  /** An evaluation failed. */
  private static final int FAILED = 1;

  /** A script could not be run. */
  private static final int UNUSABLE = 2;

  private final List<Path> files;
  private final Output out;
  private final PrintStream err;
  private final Progress progress;
  private int passed;
  private int failed;
  private boolean unusable;

  public ScriptTest(List<Path> files, Output out, PrintStream err, Progress progress) {
    this.files = List.copyOf(files);
    this.out = out;
    this.err = err;
    this.progress = progress;
  }

  /**
   * Runs all scripts, whatever becomes of those before, and returns the exit code: 0 where every
   * evaluation is as expected, 1 where one is not, 2 where a script could not be read.
   */
  public int run() {
    try (Engine engine = new Engine(ScriptRunner.engineOptions(), new MetricRegistry())) {
      ScriptRunner runner = new ScriptRunner(engine, MemoryStorage::new);
      for (int i = 0; i < files.size(); i++) {
        progress.show("running " + files.get(i), i, files.size());
        run(files.get(i), runner);
      }
    }
    progress.done();
    out.line(passed + " passed, " + failed + " failed");
    return unusable ? UNUSABLE : failed > 0 ? FAILED : 0;
  }

  private void run(Path file, ScriptRunner runner) {
    try {
      runner.run(TestScript.parse(file.toString(), Files.readString(file)), this::report);
    } catch (ScriptException e) {
      unusable(file + ":" + e.line(), e.detail());
    } catch (NoSuchFileException e) {
      unusable(file.toString(), "no such file or directory");
    } catch (CharacterCodingException e) {
      unusable(file.toString(), "is not UTF-8 text");
    } catch (IOException e) {
      unusable(file.toString(), "cannot be read: " + FileErrors.reason(e));
    }
  }

  private void report(Outcome outcome) {
    if (Thread.currentThread().isInterrupted()) {
      throw new ToolException("interrupted");
    }
    if (outcome.passed()) {
      passed++;
      return;
    }
    failed++;
    progress.done();
    out.line(outcome.toString()).flush();
  }

  private void unusable(String where, String why) {
    progress.done();
    err.println(where + ": " + why);
    unusable = true;
  }
}
