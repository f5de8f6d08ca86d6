package io.narthex.web.json;

import io.narthex.model.histogram.FloatHistogram;
import io.narthex.promql.MatrixSeries;
import io.narthex.promql.MatrixValue;
import io.narthex.promql.ScalarValue;
import io.narthex.promql.StringValue;
import io.narthex.promql.Value;
import io.narthex.promql.VectorValue;
import java.io.IOException;

/** Writes what a query evaluates to, in the shapes of Prometheus' API. */
public final class ResultJsonWriter {
  private final JsonWriter json;
  private final HistogramJson histograms;

  public ResultJsonWriter(JsonWriter json) {
    this.json = json;
    this.histograms = new HistogramJson(json);
  }

  /**
   * Writes the content of {@code result}.
   *
   * @param limit most series of a vector or matrix, 0 for all
   */
  public void write(Value value, int limit) throws IOException {
    switch (value) {
      case ScalarValue scalar -> scalar(scalar);
      case StringValue string -> string(string);
      case VectorValue vector -> vector(vector, truncated(vector.size(), limit));
      case MatrixValue matrix -> matrix(matrix, truncated(matrix.series().size(), limit));
    }
  }

  /** Whether a value has more series than the limit. */
  public static boolean exceeds(Value value, int limit) {
    return switch (value) {
      case ScalarValue scalar -> false;
      case StringValue string -> false;
      case VectorValue vector -> limit > 0 && vector.size() > limit;
      case MatrixValue matrix -> limit > 0 && matrix.series().size() > limit;
    };
  }

  private static int truncated(int size, int limit) {
    return limit > 0 ? Math.min(size, limit) : size;
  }

  /** Times of scalars and strings are printed as numbers, 1.5 and not 1.500. */
  private void scalar(ScalarValue scalar) throws IOException {
    json.beginArray().number(scalar.timestampMillis() / 1e3).fixedValue(scalar.value()).endArray();
  }

  private void string(StringValue string) throws IOException {
    json.beginArray().number(string.timestampMillis() / 1e3).text(string.value()).endArray();
  }

  private void vector(VectorValue vector, int size) throws IOException {
    json.beginArray();
    for (int i = 0; i < size; i++) {
      json.beginObject().name("metric").labels(vector.labels(i));
      if (vector.isHistogram(i)) {
        json.name("histogram");
        histogramPoint(vector.timestampMillis(), vector.histogram(i));
      } else {
        json.name("value").point(vector.timestampMillis(), vector.value(i));
      }
      json.endObject();
    }
    json.endArray();
  }

  private void matrix(MatrixValue matrix, int size) throws IOException {
    json.beginArray();
    for (int i = 0; i < size; i++) {
      MatrixSeries series = matrix.series().get(i);
      json.beginObject().name("metric").labels(series.labels());
      if (series.hasHistograms()) {
        mixedSeries(series);
      } else if (series.size() > 0) {
        floatSeries(series);
      }
      json.endObject();
    }
    json.endArray();
  }

  private void floatSeries(MatrixSeries series) throws IOException {
    JsonWriter out = json;
    out.name("values").beginArray();
    int size = series.size();
    for (int i = 0; i < size; i++) {
      out.point(series.timestampMillis(i), series.value(i));
    }
    out.endArray();
  }

  /** Floats and histograms stand in arrays of their own. */
  private void mixedSeries(MatrixSeries series) throws IOException {
    boolean open = false;
    for (int i = 0; i < series.size(); i++) {
      if (!series.isHistogram(i)) {
        if (!open) {
          json.name("values").beginArray();
          open = true;
        }
        json.point(series.timestampMillis(i), series.value(i));
      }
    }
    if (open) {
      json.endArray();
    }
    open = false;
    for (int i = 0; i < series.size(); i++) {
      if (series.isHistogram(i)) {
        if (!open) {
          json.name("histograms").beginArray();
          open = true;
        }
        histogramPoint(series.timestampMillis(i), series.histogram(i));
      }
    }
    if (open) {
      json.endArray();
    }
  }

  private void histogramPoint(long timestampMillis, FloatHistogram histogram) throws IOException {
    json.beginArray().timestamp(timestampMillis);
    histograms.write(histogram);
    json.endArray();
  }
}
