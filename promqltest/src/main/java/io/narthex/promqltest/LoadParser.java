package io.narthex.promqltest;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import io.narthex.model.labels.Labels;
import io.narthex.promql.syntax.SeriesDescription;
import io.narthex.promqltest.ScriptStep.LoadedSeries;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads a {@code load} command. A series that is listed twice keeps its last line. */
final class LoadParser {
  private static final Pattern LOAD = Pattern.compile("(?i)^load(?:_(with_nhcb))?\\s+(.+?)$");

  private final ScriptLines lines;

  LoadParser(ScriptLines lines) {
    this.lines = lines;
  }

  ScriptStep.Load parse() throws ScriptException {
    int line = lines.number();
    Matcher load = LOAD.matcher(lines.current());
    if (!load.find()) {
      throw lines.fail("invalid load command; expected load[_with_nhcb] <step>");
    }
    boolean withCustomBuckets = load.group(1) != null;
    long step = lines.duration(load.group(2), "step");
    Map<Labels, LoadedSeries> series = new LinkedHashMap<>();
    StartTimes starts = null;
    while (lines.nextOfCommand()) {
      if (StartTimes.isLine(lines.current())) {
        if (starts != null) {
          throw lines.fail("two @st lines without a line of samples between them");
        }
        starts = StartTimes.parse(lines);
        continue;
      }
      SeriesDescription samples = lines.series(lines.current());
      List<Long> startMillis = starts == null ? List.of() : starts.of(samples, lines);
      starts = null;
      series.put(
          samples.labels(), new LoadedSeries(samples.labels(), samples.values(), startMillis));
    }
    if (starts != null) {
      throw lines.fail("@st line has no line of samples behind it");
    }
    return new ScriptStep.Load(line, step, withCustomBuckets, new ArrayList<>(series.values()));
  }
}
