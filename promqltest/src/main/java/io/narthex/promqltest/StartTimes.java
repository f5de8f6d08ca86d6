package io.narthex.promqltest;

import io.narthex.model.labels.Labels;
import io.narthex.promql.syntax.SeriesDescription;
import io.narthex.promqltest.ScriptStep.LoadedSeries;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An {@code @st} line of a load: since when each value of the next line counts.
 *
 * <p>Items are {@code _}, {@code _xN}, {@code D}, {@code DxN}, {@code D+DxN} and {@code D-DxN},
 * where D is a duration of one unit with an optional sign, relative to the value's own time.
 */
record StartTimes(Labels labels, List<Long> startMillis) {
  private static final Pattern LINE = Pattern.compile("(\\S*)@st\\s+(.*)");
  private static final Pattern GAPS = Pattern.compile("_(?:x([0-9]{1,7}))?");
  private static final Pattern ITEM =
      Pattern.compile(
          "([+-]?)([0-9]+[a-wyzA-WYZ]*)(?:([+-])([+-]?)([0-9]+[a-wyzA-WYZ]*)(?=x))?"
              + "(?:x([0-9]{1,7}))?");

  static boolean isLine(String line) {
    String[] parts = line.split("[ \t]", 2);
    return parts.length == 2 && parts[0].endsWith("@st");
  }

  static StartTimes parse(ScriptLines lines) throws ScriptException {
    Matcher line = LINE.matcher(lines.current());
    if (!line.matches()) {
      throw lines.fail("invalid @st line; expected <series>@st <start times>");
    }
    SeriesDescription series = lines.series(line.group(1) + " _");
    List<Long> starts = new ArrayList<>();
    for (String item : line.group(2).strip().split("[ \t]+")) {
      add(item, starts, lines);
    }
    return new StartTimes(series.labels(), starts);
  }

  private static void add(String item, List<Long> starts, ScriptLines lines)
      throws ScriptException {
    Matcher gaps = GAPS.matcher(item);
    if (gaps.matches()) {
      int count = gaps.group(1) == null ? 1 : Integer.parseInt(gaps.group(1));
      for (int i = 0; i < count; i++) {
        starts.add(LoadedSeries.NO_START);
      }
      return;
    }
    Matcher times = ITEM.matcher(item);
    if (!times.matches()) {
      throw lines.fail("invalid start time \"" + item + "\"; expected _, D, DxN or D+DxN");
    }
    long start = signed(times.group(1), lines.duration(times.group(2), "start time"));
    long step = 0;
    if (times.group(3) != null) {
      step = signed(times.group(4), lines.duration(times.group(5), "start time"));
      step = signed(times.group(3), step);
    }
    int repetitions = times.group(6) == null ? 0 : Integer.parseInt(times.group(6));
    for (int i = 0; i <= repetitions; i++) {
      starts.add(start + i * step);
    }
  }

  private static long signed(String sign, long value) {
    return sign.equals("-") ? -value : value;
  }

  /** The start times for the values of the next line, which must be of the same series. */
  List<Long> of(SeriesDescription samples, ScriptLines lines) throws ScriptException {
    if (!samples.labels().equals(labels)) {
      throw lines.fail("the @st line before is for another series: " + labels);
    }
    if (samples.values().size() != startMillis.size()) {
      throw lines.fail(
          "the @st line before has "
              + startMillis.size()
              + " values, this one has "
              + samples.values().size());
    }
    return startMillis;
  }
}
