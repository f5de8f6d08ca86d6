package io.narthex.web.json;

import io.narthex.promql.QueryStats;
import java.io.IOException;

/** Writes what a query cost, for the parameter {@code stats} and the query log. */
public final class StatsJsonWriter {
  private StatsJsonWriter() {}

  public static void write(JsonWriter json, QueryStats stats) throws IOException {
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
