package io.narthex.promqltest;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.narthex.model.labels.Labels;
import io.narthex.promql.syntax.SeriesDescription;
import io.narthex.promqltest.Expectation.Kind;
import io.narthex.promqltest.Expectation.Note;
import io.narthex.promqltest.Expectation.Result;
import io.narthex.promqltest.Expectation.Series;
import io.narthex.promqltest.Expectation.Text;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Reads an {@code eval} command and what it expects. */
final class EvaluationParser {
  private static final Pattern INSTANT =
      Pattern.compile(
          "(?i)^eval(?:_(fail|warn|ordered|info))?\\s+instant\\s+(?:at\\s+(.+?))?\\s+(.+)$");
  private static final Pattern RANGE =
      Pattern.compile(
          "(?i)^eval(?:_(fail|warn|info))?\\s+range\\s+from\\s+(.+)\\s+to\\s+(.+)\\s+step\\s+"
              + "(.+?)\\s+(.+)$");
  private static final Pattern EXPECT =
      Pattern.compile(
          "^expect\\s+(ordered|fail|warn|no_warn|info|no_info)(?:\\s+(regex|msg):(.+))?$");
  private static final Pattern EXPECT_RANGE =
      Pattern.compile("^expect range vector\\s+from\\s+(.+)\\s+to\\s+(.+)\\s+step\\s+(.+)$");
  private static final Text ANY = new Text.Any();

  private final ScriptLines lines;
  private final List<Note> notes = new ArrayList<>();
  private final Map<Labels, Series> series = new LinkedHashMap<>();
  private Optional<Evaluation.Time.Range> rangeVector = Optional.empty();
  private Optional<Result> single = Optional.empty();

  EvaluationParser(ScriptLines lines) {
    this.lines = lines;
  }

  Evaluation parse() throws ScriptException {
    int line = lines.number();
    Matcher instant = INSTANT.matcher(lines.current());
    Matcher range = RANGE.matcher(lines.current());
    Evaluation.Time time;
    String query;
    String mode;
    if (instant.find()) {
      mode = instant.group(1);
      String at = instant.group(2) == null ? "" : instant.group(2);
      time = new Evaluation.Time.Instant(lines.duration(at, "timestamp"));
      query = instant.group(3);
    } else if (range.find()) {
      mode = range.group(1);
      time = time(range.group(2), range.group(3), range.group(4));
      query = range.group(5);
    } else {
      throw lines.fail(
          "invalid evaluation; expected eval instant at <time> <query> or eval range from <time>"
              + " to <time> step <step> <query>");
    }
    if (mode != null) {
      notes.add(new Note(Kind.valueOf(mode.toUpperCase(Locale.ROOT)), ANY));
    }
    boolean more = lines.nextOfCommand();
    while (more) {
      more = expectation(time) && lines.nextOfCommand();
    }
    checkNotes();
    return new Evaluation(line, query, time, notes, result());
  }

  private Evaluation.Time.Range time(String from, String to, String step) throws ScriptException {
    long start = lines.duration(from, "start timestamp");
    long end = lines.duration(to, "end timestamp");
    if (end < start) {
      throw lines.fail("end timestamp (" + to + ") is before start timestamp (" + from + ")");
    }
    return new Evaluation.Time.Range(start, end, lines.duration(step, "step"));
  }

  private Result result() {
    if (single.isPresent()) {
      return single.get();
    }
    List<Series> expected = new ArrayList<>(series.values());
    return rangeVector.isPresent()
        ? new Result.RangeVector(rangeVector.get(), expected)
        : new Result.Vector(expected);
  }

  /** Reads one line and says whether others may follow. */
  private boolean expectation(Evaluation.Time time) throws ScriptException {
    String line = lines.current();
    boolean fails = notes.stream().anyMatch(note -> note.kind() == Kind.FAIL);
    if (fails && line.startsWith("expected_fail_message")) {
      replaceFail(new Text.Exact(line.substring("expected_fail_message".length()).strip()));
      return false;
    }
    if (fails && line.startsWith("expected_fail_regexp")) {
      replaceFail(regex(line.substring("expected_fail_regexp".length()).strip()));
      return false;
    }
    if (line.startsWith("expect range vector")) {
      Matcher range = EXPECT_RANGE.matcher(line);
      if (!range.find()) {
        throw lines.fail("invalid range vector definition \"" + line + "\"");
      }
      rangeVector = Optional.of(time(range.group(1), range.group(2), range.group(3)));
      return true;
    }
    if (line.startsWith("expect string")) {
      single = Optional.of(new Result.Text(GoStringLiteral.unquote(line.substring(13), lines)));
      return true;
    }
    if (line.split(" ", 2)[0].equals("expect")) {
      notes.add(note(line));
      return true;
    }
    Optional<Double> number = NumberLine.parse(line);
    if (number.isPresent()) {
      single = Optional.of(new Result.Scalar(number.get()));
      return false;
    }
    SeriesDescription expected = lines.series(line);
    boolean instant = time instanceof Evaluation.Time.Instant && rangeVector.isEmpty();
    if (instant && expected.values().size() > 1) {
      throw lines.fail(
          "expecting multiple values in instant evaluation not allowed; use 'expect range vector'"
              + " to expect a range vector");
    }
    // A line that repeats a series takes its place at the end.
    series.remove(expected.labels());
    series.put(expected.labels(), new Series(expected.labels(), expected.values()));
    return true;
  }

  private void replaceFail(Text text) {
    notes.removeIf(note -> note.kind() == Kind.FAIL);
    notes.add(new Note(Kind.FAIL, text));
  }

  private Note note(String line) throws ScriptException {
    Matcher expect = EXPECT.matcher(line);
    if (!expect.find()) {
      throw lines.fail("invalid expect statement; expected expect <kind> [msg: or regex:]");
    }
    Kind kind = Kind.valueOf(expect.group(1).toUpperCase(Locale.ROOT));
    if (expect.group(2) == null) {
      return new Note(kind, ANY);
    }
    String text = expect.group(3).strip();
    return new Note(kind, expect.group(2).equals("msg") ? new Text.Exact(text) : regex(text));
  }

  private Text regex(String text) throws ScriptException {
    try {
      return new Text.Regex(Pattern.compile(text));
    } catch (PatternSyntaxException e) {
      throw lines.fail("invalid regex \"" + text + "\": " + e.getDescription());
    }
  }

  private void checkNotes() throws ScriptException {
    checkNotBoth(Kind.INFO, Kind.NO_INFO);
    checkNotBoth(Kind.WARN, Kind.NO_WARN);
    if (notes.stream().filter(note -> note.kind() == Kind.FAIL).count() > 1) {
      throw lines.fail("more than one expect fail line");
    }
  }

  private void checkNotBoth(Kind some, Kind none) throws ScriptException {
    boolean both =
        notes.stream().anyMatch(note -> note.kind() == some)
            && notes.stream().anyMatch(note -> note.kind() == none);
    if (both) {
      throw lines.fail(some.text() + " and " + none.text() + " cannot be expected together");
    }
  }
}
