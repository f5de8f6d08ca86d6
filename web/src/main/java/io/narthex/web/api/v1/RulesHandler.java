package io.narthex.web.api.v1;

import io.narthex.http.server.Exchange;
import io.narthex.model.labels.GoQuote;
import java.io.IOException;
import java.util.Locale;

/**
 * `/rules`, `/alerts` and `/alertmanagers`. No rules are evaluated and no alerts sent yet, so all
 * lists are empty.
 */
final class RulesHandler {
  Answer rules(Exchange exchange) throws IOException {
    ApiParameters parameters = ApiParameters.of(exchange);
    parameters.requireWellFormed();
    parameters.matcherSets();
    String type = parameters.text("type").toLowerCase(Locale.ROOT);
    switch (type) {
      case "", "alert", "record" -> {}
      default ->
          throw ApiException.invalidParameter("type", "not supported value " + GoQuote.quote(type));
    }
    excludeAlerts(parameters.text("exclude_alerts").toLowerCase(Locale.ROOT));
    pagination(parameters.text("group_limit"), parameters.text("group_next_token"));
    return Answer.of(json -> json.beginObject().name("groups").beginArray().endArray().endObject());
  }

  private static void excludeAlerts(String text) {
    try {
      if (!text.isEmpty()) {
        GoInteger.parseBool(text);
      }
    } catch (NumberFormatException e) {
      throw ApiException.invalidParameter(
          "exclude_alerts", "error converting exclude_alerts: " + e.getMessage());
    }
  }

  private static void pagination(String limit, String token) {
    if (limit.isEmpty()) {
      if (!token.isEmpty()) {
        throw ApiException.invalidParameter(
            "group_next_token",
            "group_limit needs to be present in order to paginate over the groups");
      }
      return;
    }
    int groups;
    try {
      groups = GoInteger.parseInt32(limit);
    } catch (NumberFormatException e) {
      throw ApiException.invalidParameter(
          "group_limit", "group_limit needs to be a valid number: " + e.getMessage());
    }
    if (groups <= 0) {
      throw ApiException.invalidParameter("group_limit", "group_limit needs to be greater than 0");
    }
    if (!token.isEmpty()) {
      throw ApiException.invalidParameter(
          "group_next_token",
          "invalid group_next_token '" + token + "'. were rule groups changed?");
    }
  }

  Answer alerts(Exchange exchange) {
    return Answer.of(json -> json.beginObject().name("alerts").beginArray().endArray().endObject());
  }

  Answer alertmanagers(Exchange exchange) {
    return Answer.of(
        json -> {
          json.beginObject().name("activeAlertmanagers").beginArray().endArray();
          json.name("droppedAlertmanagers").beginArray().endArray().endObject();
        });
  }
}
