package io.narthex.promqltest;

import io.narthex.model.labels.Labels;
import io.narthex.promql.syntax.SequenceValue;
import io.narthex.promql.syntax.SequenceValue.FloatValue;
import io.narthex.promql.syntax.SequenceValue.HistogramValue;
import io.narthex.promqltest.ScriptStep.Load;
import io.narthex.promqltest.ScriptStep.LoadedSeries;
import io.narthex.storage.AppendResult;
import io.narthex.storage.Appender;
import io.narthex.storage.Storage;

/** Puts the samples of a load into a storage. */
final class Loader {
  private Loader() {}

  static void load(Load load, Storage storage) throws ScriptException {
    try (Appender appender = storage.appender()) {
      for (LoadedSeries series : load.series()) {
        append(series, load, appender);
      }
      if (load.withCustomBuckets()) {
        CustomBuckets.of(load).append(appender);
      }
      appender.commit();
    }
  }

  private static void append(LoadedSeries series, Load load, Appender appender)
      throws ScriptException {
    long ref = appender.series(series.labels());
    for (int i = 0; i < series.values().size(); i++) {
      long time = i * load.stepMillis();
      long start = 0;
      if (!series.starts().isEmpty() && series.starts().get(i) != LoadedSeries.NO_START) {
        start = time + series.starts().get(i);
      }
      AppendResult result =
          switch (series.values().get(i)) {
            case SequenceValue.Gap _ -> AppendResult.OK;
            case FloatValue(double value) -> appender.append(ref, time, value, start);
            case HistogramValue(var histogram, _) -> appender.append(ref, time, histogram, start);
          };
      check(result, series.labels(), time, load.line());
    }
  }

  static void check(AppendResult result, Labels labels, long timeMillis, int line)
      throws ScriptException {
    if (!result.accepted()) {
      throw new ScriptException(
          line, "sample of " + labels + " at " + timeMillis + " ms refused: " + result.message());
    }
  }
}
