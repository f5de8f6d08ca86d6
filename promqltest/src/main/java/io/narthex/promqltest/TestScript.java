package io.narthex.promqltest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A script: {@code load}, {@code clear} and {@code eval} commands in order.
 *
 * <p>Lines are trimmed, and one that starts with {@code #} counts as blank. A command takes the
 * lines that follow, up to the next blank one. All time starts at the epoch.
 *
 * @param name what the script is called in reports, as its file name
 */
public record TestScript(String name, List<ScriptStep> steps) {
  public TestScript {
    steps = List.copyOf(steps);
  }

  /**
   * Reads a script from a file.
   *
   * @throws ScriptException where it cannot be understood
   */
  public static TestScript read(Path file) throws IOException, ScriptException {
    return parse(file.getFileName().toString(), Files.readString(file));
  }

  /**
   * Reads a script.
   *
   * @throws ScriptException where it cannot be understood
   */
  public static TestScript parse(String name, String text) throws ScriptException {
    ScriptLines lines = new ScriptLines(text);
    List<ScriptStep> steps = new ArrayList<>();
    while (lines.nextCommand()) {
      String keyword = lines.current().split("[ \t]+", 2)[0].toLowerCase(Locale.ROOT);
      if (keyword.equals("clear")) {
        steps.add(new ScriptStep.Clear(lines.number()));
      } else if (keyword.startsWith("load")) {
        steps.add(new LoadParser(lines).parse());
      } else if (keyword.startsWith("eval")) {
        steps.add(new EvaluationParser(lines).parse());
      } else {
        throw lines.fail(
            "invalid command \"" + lines.current() + "\"; expected load, clear or eval");
      }
    }
    return new TestScript(name, steps);
  }
}
