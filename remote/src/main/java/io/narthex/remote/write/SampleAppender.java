package io.narthex.remote.write;

import io.narthex.model.histogram.FloatHistogram;
import io.narthex.model.histogram.Histogram;
import io.narthex.model.histogram.HistogramResolution;
import io.narthex.model.histogram.HistogramValidation;
import io.narthex.model.histogram.NativeHistogram;
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

  /** What was wrong with the histogram that was refused as invalid. */
  private String invalid = "";

  SampleAppender(SeriesResolver series, Appender appender, long nowMillis) {
    this.series = series;
    this.appender = appender;
    this.maxTimeMillis = nowMillis + MAX_AHEAD_MILLIS;
  }

  AppendResult append(long timestamp, double value) {
    return append(timestamp, value, 0);
  }

  /**
   * Adds a float sample.
   *
   * @param start since when it counts, 0 where not known
   */
  AppendResult append(long timestamp, double value, long start) {
    if (isTooFarAhead(timestamp)) {
      return AppendResult.OUT_OF_BOUNDS;
    }
    AppendResult result = appender.append(series.ref(appender), timestamp, value, start);
    return result == AppendResult.UNKNOWN_SERIES
        ? appender.append(series.renew(appender), timestamp, value, start)
        : result;
  }

  AppendResult append(HistogramDecoder histogram) {
    return append(histogram, 0);
  }

  /** Adds a histogram, in the same way. */
  AppendResult append(HistogramDecoder histogram, long start) {
    if (isTooFarAhead(histogram.timestamp())) {
      return AppendResult.OUT_OF_BOUNDS;
    }
    AppendResult result = append(series.ref(appender), histogram, start);
    return result == AppendResult.UNKNOWN_SERIES
        ? append(series.renew(appender), histogram, start)
        : result;
  }

  private AppendResult append(long ref, HistogramDecoder histogram, long start) {
    long t = histogram.timestamp();
    if (histogram.isFloat()) {
      FloatHistogram h = HistogramResolution.bounded(histogram.floatHistogram());
      return explained(appender.append(ref, t, h, start), h);
    }
    Histogram h = HistogramResolution.bounded(histogram.histogram());
    return explained(appender.append(ref, t, h, start), h);
  }

  private AppendResult explained(AppendResult result, NativeHistogram h) {
    if (result == AppendResult.INVALID) {
      invalid = HistogramValidation.problem(h).orElse(result.message());
    }
    return result;
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
    if (tooFarAhead) {
      return "out of bounds: timestamp is too far in the future";
    }
    return result == AppendResult.INVALID ? invalid : result.message();
  }
}
