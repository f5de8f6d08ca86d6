package io.narthex.web.api.v1;

import io.narthex.http.server.Exchange;
import io.narthex.model.labels.Matcher;
import io.narthex.model.value.Exemplar;
import io.narthex.promql.syntax.ParseException;
import io.narthex.promql.syntax.Parser;
import io.narthex.promql.syntax.ParserFeatures;
import io.narthex.storage.ExemplarQueryable;
import io.narthex.storage.NotReadyException;
import io.narthex.storage.SeriesExemplars;
import io.narthex.storage.StorageException;
import io.narthex.web.json.JsonWriter;
import java.io.IOException;
import java.util.List;

/** `/query_exemplars`: the exemplars of the series that the selectors of a query select. */
final class ExemplarHandler {
  private final ExemplarQueryable storage;
  private final ParserFeatures features;

  ExemplarHandler(ExemplarQueryable storage, ParserFeatures features) {
    this.storage = storage;
    this.features = features;
  }

  Answer exemplars(Exchange exchange) throws IOException {
    ApiParameters parameters = ApiParameters.of(exchange);
    ApiTime start = parameters.time("start", ApiTime.MIN);
    ApiTime end = parameters.time("end", ApiTime.MAX);
    if (end.compareTo(start) < 0) {
      throw ApiException.badData("end timestamp must not be before start timestamp");
    }
    List<List<Matcher>> selectors;
    try {
      selectors = Selectors.of(Parser.parse(parameters.text("query"), features));
    } catch (ParseException e) {
      throw new ApiException(ErrorType.BAD_DATA, e.getMessage(), e);
    }
    if (selectors.isEmpty()) {
      return Answer.NONE;
    }
    List<SeriesExemplars> found;
    try {
      found = storage.exemplars(start.millis(), end.millis(), selectors);
    } catch (NotReadyException e) {
      throw e;
    } catch (StorageException e) {
      throw new ApiException(ErrorType.EXECUTION, e.getMessage(), e);
    }
    return Answer.of(json -> write(found, json));
  }

  private static void write(List<SeriesExemplars> found, JsonWriter json) throws IOException {
    json.beginArray();
    for (SeriesExemplars series : found) {
      json.beginObject().name("seriesLabels").labels(series.series());
      json.name("exemplars").beginArray();
      for (Exemplar exemplar : series.exemplars()) {
        json.beginObject().name("labels").labels(exemplar.labels());
        json.name("value").sampleValue(exemplar.value());
        json.name("timestamp").timestamp(exemplar.timestampMillis()).endObject();
      }
      json.endArray().endObject();
    }
    json.endArray();
  }
}
