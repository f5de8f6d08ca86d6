package io.narthex.web.api.v1;

import io.narthex.http.server.Exchange;
import io.narthex.promql.EngineOptions;
import io.narthex.promql.syntax.AggregateOperator;
import io.narthex.promql.syntax.BinaryOperator;
import io.narthex.promql.syntax.FunctionSignature;
import io.narthex.promql.syntax.FunctionSignatures;
import io.narthex.web.WebOptions;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** `/features`: what this build can do, and what of it is switched on. */
final class FeaturesHandler {
  private static final String[] ALWAYS_IN_API = {
    "exclude_alerts",
    "label_values_match",
    "query_stats",
    "query_warnings",
    "time_range_labels",
    "time_range_series"
  };
  private static final String[] ALWAYS_IN_PROMQL = {
    "at_modifier",
    "bool",
    "by",
    "group_left",
    "group_right",
    "ignoring",
    "negative_offset",
    "offset",
    "on",
    "per_query_lookback_delta",
    "subqueries",
    "without"
  };

  private final SortedMap<String, SortedMap<String, Boolean>> features = new TreeMap<>();

  FeaturesHandler(WebOptions web, EngineOptions engine, Map<String, Map<String, Boolean>> others) {
    others.forEach((category, names) -> category(category).putAll(names));
    api(web);
    promql(engine);
    functions(engine);
    operators(engine);
    category("ui").put("ui_v2", false);
    category("ui").put("ui_v3", true);
  }

  Answer list(Exchange exchange) {
    return Answer.of(
        json -> {
          json.beginObject();
          for (Map.Entry<String, SortedMap<String, Boolean>> category : features.entrySet()) {
            json.plainName(category.getKey()).beginObject();
            for (Map.Entry<String, Boolean> feature : category.getValue().entrySet()) {
              json.plainName(feature.getKey()).bool(feature.getValue());
            }
            json.endObject();
          }
          json.endObject();
        });
  }

  private SortedMap<String, Boolean> category(String name) {
    return features.computeIfAbsent(name, n -> new TreeMap<>());
  }

  private void api(WebOptions web) {
    Map<String, Boolean> api = category("api");
    for (String name : ALWAYS_IN_API) {
      api.put(name, true);
    }
    api.put("admin", web.enableAdminApi());
    api.put("lifecycle", web.enableLifecycle());
    api.put("remote_write_receiver", web.enableRemoteWriteReceiver());
    api.put("otlp_write_receiver", false);
    api.put("search", false);
  }

  private void promql(EngineOptions engine) {
    Map<String, Boolean> promql = category("promql");
    for (String name : ALWAYS_IN_PROMQL) {
      promql.put(name, true);
    }
    promql.put("anchored", engine.extendedSelectors());
    promql.put("smoothed", engine.extendedSelectors());
    promql.put("delayed_name_removal", engine.delayedNameRemoval());
    promql.put("duration_expr", engine.durationExpressions());
    promql.put("fill", engine.binopFill());
    promql.put("fill_left", engine.binopFill());
    promql.put("fill_right", engine.binopFill());
    promql.put("per_step_stats", engine.perStepStats());
    promql.put("type_and_unit_labels", engine.typeAndUnitLabels());
  }

  private void functions(EngineOptions engine) {
    Map<String, Boolean> functions = category("promql_functions");
    for (FunctionSignature function : FunctionSignatures.all()) {
      functions.put(function.name(), !function.experimental() || engine.experimentalFunctions());
    }
  }

  private void operators(EngineOptions engine) {
    Map<String, Boolean> operators = category("promql_operators");
    for (BinaryOperator operator : BinaryOperator.values()) {
      operators.put(operator.symbol(), true);
    }
    for (AggregateOperator operator : AggregateOperator.values()) {
      operators.put(
          operator.toString(), !operator.isExperimental() || engine.experimentalFunctions());
    }
    operators.put("=~", true);
    operators.put("!~", true);
    operators.put("@", true);
  }
}
