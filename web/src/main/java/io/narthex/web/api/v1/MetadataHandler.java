package io.narthex.web.api.v1;

import io.narthex.http.server.Exchange;
import io.narthex.model.metadata.MetricMetadata;
import io.narthex.scrape.FamilyMetadata;
import io.narthex.scrape.Target;
import io.narthex.scrape.TargetsView;
import io.narthex.web.json.JsonWriter;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** `/metadata`: what all targets together say of their metrics. */
final class MetadataHandler {
  private final TargetsView targets;

  MetadataHandler(TargetsView targets) {
    this.targets = targets;
  }

  /** A limit where a negative number, or none, means no limit. */
  static long limit(ApiParameters parameters, String name) {
    String text = parameters.text(name);
    if (text.isEmpty()) {
      return -1;
    }
    try {
      return GoInteger.atoi(text);
    } catch (NumberFormatException e) {
      throw new ApiException(ErrorType.BAD_DATA, name + " must be a number", e);
    }
  }

  Answer metadata(Exchange exchange) throws IOException {
    ApiParameters parameters = ApiParameters.of(exchange);
    long limit = limit(parameters, "limit");
    long limitPerMetric = limit(parameters, "limit_per_metric");
    String metric = parameters.text("metric");
    Map<String, Set<MetricMetadata>> families = new TreeMap<>();
    for (List<Target> pool : targets.active().values()) {
      for (Target target : pool) {
        List<FamilyMetadata> found =
            metric.isEmpty() ? target.metadata() : target.metadata(metric).stream().toList();
        for (FamilyMetadata family : found) {
          add(families, family, limitPerMetric);
        }
      }
    }
    return Answer.of(json -> write(json, families, limit));
  }

  private static void add(
      Map<String, Set<MetricMetadata>> families, FamilyMetadata family, long limitPerMetric) {
    Set<MetricMetadata> known =
        families.computeIfAbsent(family.family(), name -> new LinkedHashSet<>());
    if (limitPerMetric <= 0 || known.size() < limitPerMetric) {
      known.add(family.metadata());
    }
  }

  private static void write(JsonWriter json, Map<String, Set<MetricMetadata>> families, long limit)
      throws IOException {
    json.beginObject();
    long written = 0;
    for (Map.Entry<String, Set<MetricMetadata>> family : families.entrySet()) {
      if (limit >= 0 && written >= limit) {
        break;
      }
      json.name(family.getKey()).beginArray();
      for (MetricMetadata metadata : family.getValue()) {
        json.beginObject().name("type").text(metadata.type().text());
        json.name("unit").text(metadata.unit()).name("help").text(metadata.help()).endObject();
      }
      json.endArray();
      written++;
    }
    json.endObject();
  }
}
