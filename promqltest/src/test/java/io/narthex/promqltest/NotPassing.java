package io.narthex.promqltest;

import io.narthex.promql.Engine;
import io.narthex.promqltest.ScriptRunner.Outcome;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The evaluations of the shared scripts that do not pass yet: {@code file:line reason} per line.
 */
final class NotPassing {
  private static final String RESOURCE = "/not-passing.txt";

  private NotPassing() {}

  static Map<String, String> read() throws IOException {
    Map<String, String> reasons = new LinkedHashMap<>();
    try (InputStream in = NotPassing.class.getResourceAsStream(RESOURCE)) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      for (String line : text.lines().toList()) {
        if (!line.isBlank() && !line.startsWith("#")) {
          String[] parts = line.split(" ", 2);
          reasons.put(parts[0], parts.length > 1 ? parts[1] : "");
        }
      }
    }
    return reasons;
  }

  static String key(Outcome outcome) {
    return outcome.script() + ":" + outcome.line();
  }

  /** Writes the list as it is now to the file given, and how many pass to the console. */
  public static void main(String[] args) throws IOException {
    StringBuilder list =
        new StringBuilder("# Evaluations that do not pass yet, with the reason.\n");
    int all = 0;
    int passed = 0;
    try (Engine engine = SharedScripts.engine()) {
      for (Path file : SharedScripts.files()) {
        int filePassed = 0;
        List<Outcome> outcomes = SharedScripts.run(file, engine);
        for (Outcome outcome : outcomes) {
          if (outcome.passed()) {
            filePassed++;
          } else {
            String reason = outcome.failure().orElse("").replace('\n', ' ');
            String shortened = reason.length() > 200 ? reason.substring(0, 200) + "…" : reason;
            list.append(key(outcome)).append(' ').append(shortened).append('\n');
          }
        }
        System.out.println(file.getFileName() + " " + filePassed + " of " + outcomes.size());
        all += outcomes.size();
        passed += filePassed;
      }
    }
    System.out.println("all " + passed + " of " + all);
    Files.writeString(Path.of(args[0]), list);
  }
}
