package io.narthex.tool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ScriptTestTest {
  private static final String GOOD =
      """
      load 1m
        x{a="1"} 1+1x10

      eval instant at 2m sum(x)
        {} 3

      eval range from 0 to 2m step 1m x
        x{a="1"} 1 2 3
      """;

  private static final String WRONG =
      """
      load 1m
        x{a="1"} 1+1x10

      eval instant at 2m sum(x)
        {} 4

      eval instant at 2m sum(x)
        {} 3

      # The engine says what it does not understand.
      eval instant at 2m sum(x
        {} 3
      """;

  @TempDir private Path folder;

  private String file(String name, String text) throws IOException {
    Path path = folder.resolve(name);
    Files.createDirectories(path.getParent());
    return Files.writeString(path, text).toString();
  }

  private static Tool test(String... files) {
    String[] args = new String[files.length + 2];
    args[0] = "test";
    args[1] = "promql";
    System.arraycopy(files, 0, args, 2, files.length);
    return Tool.run(args);
  }

  @Test
  void countsWhatPasses() throws IOException {
    String good = file("good.test", GOOD);
    assertThat(test(good)).isEqualTo(new Tool(0, "2 passed, 0 failed\n", ""));
    assertThat(test(good, file("other.test", GOOD)).out()).isEqualTo("4 passed, 0 failed\n");
    assertThat(test(good, good).out()).isEqualTo("2 passed, 0 failed\n");
  }

  @Test
  void printsPlaceExpectedAndGotOfWhatFailsAndGoesOn() throws IOException {
    String wrong = file("wrong.test", WRONG);
    Tool run = test(wrong, file("good.test", GOOD));
    assertThat(run.out())
        .isEqualTo(
            wrong
                + ":4: sum(x)\n  expected {} 4, got 3\n"
                + wrong
                + ":11: sum(x\n  expected a result, got error: 1:6: parse error: unclosed left"
                + " parenthesis\n3 passed, 2 failed\n");
    assertThat(run.code()).isEqualTo(1);
    assertThat(run.err()).isEmpty();
  }

  @Test
  void namesTheLineOfAScriptThatMakesNoSenseAndRunsTheOthers() throws IOException {
    String bad = file("bad.test", "load 1m\n  x 1\n\nevaluate x\n");
    Tool run = test(bad, file("good.test", GOOD));
    assertThat(run.err())
        .isEqualTo(
            bad
                + ":4: invalid evaluation; expected eval instant at <time> <query> or eval range"
                + " from <time> to <time> step <step> <query>\n");
    assertThat(run.out()).isEqualTo("2 passed, 0 failed\n");
    assertThat(run.code()).isEqualTo(2);
  }

  @Test
  void reportsWhatWasRunBeforeALoadThatMakesNoSense() throws IOException {
    String bad = file("bad.test", WRONG + "\nload_with_nhcb 1m\n  y_bucket{le=\"1\"} {{}}\n");
    Tool run = test(bad);
    assertThat(run.err()).startsWith(bad + ":14: ").contains("has a histogram where a float");
    assertThat(run.out()).contains(bad + ":4: sum(x)").endsWith("1 passed, 2 failed\n");
    assertThat(run.code()).isEqualTo(2);
  }

  @Test
  void saysWhichFileCannotBeRead() throws IOException {
    String none = folder.resolve("none.test").toString();
    String binary = folder.resolve("binary.test").toString();
    Files.write(Path.of(binary), new byte[] {'#', (byte) 0xff});
    Tool run = test(none, binary);
    assertThat(run.err())
        .isEqualTo(none + ": no such file or directory\n" + binary + ": is not UTF-8 text\n");
    assertThat(run.code()).isEqualTo(2);
  }

  @Test
  void findsScriptsInDirectoriesAndByPatterns() throws IOException {
    file("a/one.test", GOOD);
    file("a/b/two.test", WRONG);
    file("a/b/notes.txt", "no script");
    assertThat(test(folder.toString()).out()).endsWith("3 passed, 2 failed\n");
    assertThat(test(folder + "/a/*.test").out()).isEqualTo("2 passed, 0 failed\n");
    assertThat(test(folder + "/**/t*.test").out()).endsWith("1 passed, 2 failed\n");
    assertThat(test(folder + "/*.test"))
        .isEqualTo(new Tool(1, "", folder + "/*.test: no file matches this pattern\n"));
    Path empty = Files.createDirectory(folder.resolve("empty"));
    assertThat(test(empty.toString()).err())
        .isEqualTo(empty + ": no *.test files in this directory\n");
  }

  @Test
  void passesEverySharedScript() {
    Path scripts = Conformance.folder("promql/promqltest");
    assumeTrue(Files.isDirectory(scripts), scripts + " is absent");
    Tool run = test(scripts.toString());
    assertThat(run.out()).matches("[0-9]{4,} passed, 0 failed\n");
    assertThat(run.code()).isZero();
  }
}
