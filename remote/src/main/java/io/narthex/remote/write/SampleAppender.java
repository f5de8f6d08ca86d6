package io.narthex.remote.write;

import io.narthex.model.value.Exemplar;
import io.narthex.storage.AppendResult;
import io.narthex.storage.Appender;

/** Adds samples of the selected series, and finds the series again where the storage lost it. */
final class SampleAppender {
  /** Samples further in the future are refused: they would block all that come in time. */
  private static final long MAX_AHEAD_MILLIS = 10 * 60 * 1000;

  private final SeriesResolver series;
  private final Appender appender;
  private final long maxTimeMillis;
  private boolean tooFarAhead;

  SampleAppender(SeriesResolver series, Appender appender, long nowMillis) {
    this.series = series;
    this.appender = appender;
    this.maxTimeMillis = nowMillis + MAX_AHEAD_MILLIS;
  }

  AppendResult append(long timestamp, double value) {
    if (isTooFarAhead(timestamp)) {
      return AppendResult.OUT_OF_BOUNDS;
    }
    AppendResult result = appender.append(series.ref(appender), timestamp, value);
    return result == AppendResult.UNKNOWN_SERIES
        ? appender.append(series.renew(appender), timestamp, value)
        : result;
  }

  AppendResult append(HistogramDecoder histogram) {
    if (isTooFarAhead(histogram.timestamp())) {
      return AppendResult.OUT_OF_BOUNDS;
    }
    AppendResult result = append(series.ref(appender), histogram);
    return result == AppendResult.UNKNOWN_SERIES
        ? append(series.renew(appender), histogram)
        : result;
  }

  private AppendResult append(long ref, HistogramDecoder histogram) {
    return histogram.isFloat()
        ? appender.append(ref, histogram.timestamp(), histogram.floatHistogram())
        : appender.append(ref, histogram.timestamp(), histogram.histogram());
  }

  AppendResult append(Exemplar exemplar) {
    if (isTooFarAhead(exemplar.timestampMillis())) {
      return AppendResult.OUT_OF_BOUNDS;
    }
    AppendResult result = appender.appendExemplar(series.ref(appender), exemplar);
    return result == AppendResult.UNKNOWN_SERIES
        ? appender.appendExemplar(series.renew(appender), exemplar)
        : result;
  }

  private boolean isTooFarAhead(long timestamp) {
    tooFarAhead = timestamp > maxTimeMillis;
    return tooFarAhead;
  }

  /** Prometheus' words for the refusal of the last sample. */
  String message(AppendResult result) {
    return tooFarAhead ? "out of bounds: timestamp is too far in the future" : result.message();
  }
}
