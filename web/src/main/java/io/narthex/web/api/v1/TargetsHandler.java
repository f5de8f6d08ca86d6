package io.narthex.web.api.v1;

import io.narthex.config.Config;
import io.narthex.http.server.Exchange;
import io.narthex.model.labels.GoQuote;
import io.narthex.model.labels.Labels;
import io.narthex.model.labels.Matcher;
import io.narthex.scrape.FamilyMetadata;
import io.narthex.scrape.Target;
import io.narthex.scrape.TargetsView;
import io.narthex.web.json.JsonWriter;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;

/** `/targets`, `/targets/metadata` and `/scrape_pools`. */
final class TargetsHandler {
  private final TargetsView targets;
  private final GlobalUrl globalUrl;
  private final Supplier<Config> config;

  TargetsHandler(TargetsView targets, GlobalUrl globalUrl, Supplier<Config> config) {
    this.config = config;
    this.targets = targets;
    this.globalUrl = globalUrl;
  }

  Answer pools(Exchange exchange) {
    List<String> pools = targets.pools();
    return Answer.of(
        json -> {
          json.beginObject().name("scrapePools").beginArray();
          for (String pool : pools) {
            json.text(pool);
          }
          json.endArray().endObject();
        });
  }

  Answer targets(Exchange exchange) throws IOException {
    ApiParameters parameters = ApiParameters.of(exchange);
    String pool = parameters.text("scrapePool");
    String state = parameters.text("state").toLowerCase(Locale.ROOT);
    boolean all = state.isEmpty() || state.equals("any");
    SortedMap<String, List<Target>> active =
        all || state.equals("active") ? ofPool(targets.active(), pool) : new TreeMap<>();
    boolean withDropped = all || state.equals("dropped");
    SortedMap<String, List<Target>> dropped =
        withDropped ? ofPool(targets.dropped(), pool) : new TreeMap<>();
    return Answer.of(
        json -> {
          json.beginObject();
          activeTargets(json, active);
          droppedTargets(json, dropped);
          json.name("droppedTargetCounts");
          if (withDropped) {
            counts(json, targets.droppedCounts());
          } else {
            json.nothing();
          }
          json.endObject();
        });
  }

  private static SortedMap<String, List<Target>> ofPool(
      SortedMap<String, List<Target>> all, String pool) {
    if (pool.isEmpty()) {
      return all;
    }
    SortedMap<String, List<Target>> one = new TreeMap<>();
    if (all.containsKey(pool)) {
      one.put(pool, all.get(pool));
    }
    return one;
  }

  private void activeTargets(JsonWriter json, SortedMap<String, List<Target>> active)
      throws IOException {
    json.name("activeTargets").beginArray();
    for (Map.Entry<String, List<Target>> pool : active.entrySet()) {
      for (Target target : pool.getValue()) {
        activeTarget(json, pool.getKey(), target);
      }
    }
    json.endArray();
  }

  private void activeTarget(JsonWriter json, String pool, Target target) throws IOException {
    String url = target.url();
    json.beginObject();
    json.name("discoveredLabels").labels(target.discoveredLabels());
    json.name("labels").labels(target.labels());
    json.name("scrapePool").text(pool);
    json.name("scrapeUrl").text(url);
    json.name("globalUrl").text(globalUrl.of(url));
    json.name("lastError").text(target.lastError());
    json.name("lastScrape").text(Rfc3339.local(target.lastScrape()));
    json.name("lastScrapeDuration").number(target.lastScrapeDuration().toNanos() / 1e9);
    json.name("health").text(target.health().text());
    json.name("scrapeInterval").text(target.value("__scrape_interval__"));
    json.name("scrapeTimeout").text(target.value("__scrape_timeout__"));
    json.endObject();
  }

  private static void droppedTargets(JsonWriter json, SortedMap<String, List<Target>> dropped)
      throws IOException {
    json.name("droppedTargets").beginArray();
    for (Map.Entry<String, List<Target>> pool : dropped.entrySet()) {
      for (Target target : pool.getValue()) {
        json.beginObject().name("discoveredLabels").labels(target.discoveredLabels());
        json.name("scrapePool").text(pool.getKey()).endObject();
      }
    }
    json.endArray();
  }

  private static void counts(JsonWriter json, SortedMap<String, Integer> counts)
      throws IOException {
    json.beginObject();
    for (Map.Entry<String, Integer> count : counts.entrySet()) {
      json.name(count.getKey()).number(count.getValue());
    }
    json.endObject();
  }

  /**
   * What each target says of its metrics. The limit counts entries, but is only looked at between
   * targets.
   */
  Answer metadata(Exchange exchange) throws IOException {
    ApiParameters parameters = ApiParameters.of(exchange);
    long limit = MetadataHandler.limit(parameters, "limit");
    boolean anyTarget = parameters.text("match_target").isEmpty();
    List<Matcher> matchers = anyTarget ? List.of() : parameters.selector("match_target");
    String metric = parameters.text("metric");
    return Answer.of(
        json -> {
          json.beginArray();
          long written = 0;
          for (List<Target> pool : targets.active().values()) {
            for (Target target : pool) {
              if ((limit < 0 || written < limit) && matches(target.labels(), matchers)) {
                written += metadata(json, target, metric);
              }
            }
          }
          json.endArray();
        });
  }

  private static int metadata(JsonWriter json, Target target, String metric) throws IOException {
    if (!metric.isEmpty()) {
      var found = target.metadata(metric);
      if (found.isPresent()) {
        entry(json, target, "", found.get());
      }
      return found.isPresent() ? 1 : 0;
    }
    List<FamilyMetadata> families = target.metadata();
    for (FamilyMetadata family : families) {
      entry(json, target, family.family(), family);
    }
    return families.size();
  }

  private static void entry(JsonWriter json, Target target, String metric, FamilyMetadata family)
      throws IOException {
    json.beginObject().name("target").labels(target.labels());
    if (!metric.isEmpty()) {
      json.name("metric").text(metric);
    }
    json.name("type").text(family.metadata().type().text());
    json.name("help").text(family.metadata().help());
    json.name("unit").text(family.metadata().unit()).endObject();
  }

  private static boolean matches(Labels labels, List<Matcher> matchers) {
    for (Matcher matcher : matchers) {
      if (!matcher.matches(labels.get(matcher.name()))) {
        return false;
      }
    }
    return true;
  }

  /** The configuration of one pool. */
  Answer poolConfig(Exchange exchange) throws IOException {
    String pool = ApiParameters.of(exchange).text("scrapePool");
    if (pool.isEmpty()) {
      throw ApiException.badData("no scrapePool parameter provided");
    }
    if (targets.config(pool).isEmpty()) {
      throw ApiException.badData(
          "error retrieving scrape config: scrape pool " + GoQuote.quote(pool) + " not found");
    }
    String yaml =
        PoolYaml.of(config.get(), pool)
            .orElseThrow(
                () ->
                    new ApiException(
                        ErrorType.INTERNAL,
                        "error marshaling scrape config: pool "
                            + GoQuote.quote(pool)
                            + " comes from a file of scrape_config_files, which cannot be shown"
                            + " yet"));
    return Answer.of(json -> json.beginObject().name("yaml").text(yaml).endObject());
  }
}
