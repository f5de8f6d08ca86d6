package io.narthex.web.api.v1;

import io.narthex.model.labels.GoQuote;
import io.narthex.promql.QueryStats;
import io.narthex.web.json.JsonWriter;
import java.io.IOException;
import java.util.Optional;

/** Writes what a query cost, for the parameter {@code stats}. */
final class StatsJson {
  private StatsJson() {}

  /** What to say of a value of the parameter that will be refused one day. */
  static Optional<String> deprecation(String stats) {
    return switch (stats) {
      case "", "true", "all" -> Optional.empty();
      default ->
          Optional.of(
              "value "
                  + GoQuote.quote(stats)
                  + " for parameter \"stats\" is deprecated and will be rejected in the next major"
                  + " release, use \"true\" or \"all\"");
    };
  }

  static void write(JsonWriter json, QueryStats stats) throws IOException {
    json.beginObject().name("timings").beginObject();
    json.name("evalTotalTime").number(stats.evalTotalTime());
    json.name("resultSortTime").number(stats.resultSortTime());
    json.name("queryPreparationTime").number(stats.queryPreparationTime());
    json.name("innerEvalTime").number(stats.innerEvalTime());
    json.name("execQueueTime").number(stats.execQueueTime());
    json.name("execTotalTime").number(stats.execTotalTime());
    json.endObject().name("samples").beginObject();
    perStep(json, "totalQueryableSamplesPerStep", stats, stats.samplesPerStep());
    json.name("totalQueryableSamples").number(stats.totalQueryableSamples());
    perStep(json, "samplesReadPerStep", stats, stats.samplesReadPerStep());
    json.name("samplesRead").number(stats.samplesRead());
    json.name("peakSamples").number(stats.peakSamples());
    json.endObject().endObject();
  }

  private static void perStep(JsonWriter json, String name, QueryStats stats, long[] counts)
      throws IOException {
    if (counts.length == 0) {
      return;
    }
    json.name(name).beginArray();
    for (int i = 0; i < counts.length; i++) {
      double seconds = (stats.startMillis() + i * stats.stepMillis()) / 1e3;
      json.beginArray().number(seconds).number(counts[i]).endArray();
    }
    json.endArray();
  }
}
