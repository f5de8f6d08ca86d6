package io.narthex.web.api.v1;

import io.narthex.promql.explain.ExplainedOperator;
import io.narthex.promql.explain.Explanation;
import io.narthex.promql.explain.Hint;
import io.narthex.promql.syntax.ParseException;
import io.narthex.promql.syntax.PositionRange;
import io.narthex.web.json.JsonWriter;
import io.narthex.web.json.StatsJsonWriter;
import java.io.IOException;
import java.util.Map;

/** Writes an explanation; the shape is documented in {@code docs/explain.md}. */
final class ExplainJson {
  private final JsonWriter json;
  private final String query;

  ExplainJson(JsonWriter json, String query) {
    this.json = json;
    this.query = query;
  }

  void write(Explanation explanation) throws IOException {
    json.beginObject().name("analyzed").bool(explanation.stats().isPresent());
    if (explanation.plan().isPresent()) {
      json.name("plan");
      operator(explanation.plan().get());
    }
    json.name("hints").beginArray();
    for (Hint hint : explanation.hints()) {
      hint(hint);
    }
    json.endArray();
    if (explanation.stats().isPresent()) {
      json.name("stats");
      StatsJsonWriter.write(json, explanation.stats().get());
    }
    if (explanation.error().isPresent()) {
      json.name("error").text(explanation.error().get());
    }
    json.endObject();
  }

  private void operator(ExplainedOperator operator) throws IOException {
    json.beginObject().name("operator").text(operator.kind());
    json.name("text").text(operator.text());
    position(operator.position());
    json.name("details").beginObject();
    for (Map.Entry<String, String> detail : operator.details().entrySet()) {
      json.name(detail.getKey()).text(detail.getValue());
    }
    json.endObject();
    json.name("steps").number(operator.steps());
    estimate(operator.estimate());
    if (operator.actual().isPresent()) {
      actual(operator.actual().get());
    }
    json.name("inputs").beginArray();
    for (ExplainedOperator input : operator.inputs()) {
      operator(input);
    }
    json.endArray().endObject();
  }

  private void estimate(ExplainedOperator.Estimate estimate) throws IOException {
    json.name("estimated").beginObject();
    if (estimate.series().isPresent()) {
      json.name("series").number(estimate.series().getAsLong());
      json.name("exact").bool(estimate.exact());
    }
    if (estimate.samples().isPresent()) {
      json.name("samples").number(estimate.samples().getAsLong());
    }
    json.endObject();
  }

  private void actual(ExplainedOperator.Actual actual) throws IOException {
    json.name("actual").beginObject();
    json.name("seriesIn").number(actual.seriesIn());
    json.name("seriesOut").number(actual.seriesOut());
    json.name("seriesWithSamples").number(actual.seriesWithSamples());
    json.name("samplesOut").number(actual.samplesOut());
    json.name("samplesDecoded").number(actual.samplesDecoded());
    json.name("chunksDecoded").number(actual.chunksDecoded());
    json.name("totalQueryableSamples").number(actual.totalQueryableSamples());
    json.name("samplesRead").number(actual.samplesRead());
    json.name("wallSeconds").number(actual.wallNanos() / 1e9);
    json.name("cpuSeconds").number(actual.cpuNanos() / 1e9);
    json.name("heldBytes").number(actual.heldBytes());
    json.name("cacheHits").number(actual.cacheHits());
    json.endObject();
  }

  private void hint(Hint hint) throws IOException {
    json.beginObject().name("kind").text(hint.kind().word());
    json.name("text").text(hint.text());
    position(hint.position());
    json.name("at").text(ParseException.place(query, hint.position().start()));
    json.endObject();
  }

  private void position(PositionRange position) throws IOException {
    json.name("position").beginObject();
    json.name("start").number(position.start());
    json.name("end").number(position.end());
    json.endObject();
  }
}
