package io.narthex.web.api.v1;

import io.narthex.http.server.Exchange;
import io.narthex.model.labels.Matcher;
import io.narthex.storage.DatabaseAdmin;
import io.narthex.storage.NotReadyException;
import io.narthex.storage.StorageException;
import java.io.IOException;
import java.util.List;

/** `/admin/tsdb/…`, which `--web.enable-admin-api` allows. */
final class AdminHandler {
  private final DatabaseAdmin database;
  private final boolean enabled;

  AdminHandler(DatabaseAdmin database, boolean enabled) {
    this.database = database;
    this.enabled = enabled;
  }

  Answer deleteSeries(Exchange exchange) throws IOException {
    requireEnabled();
    ApiParameters parameters = ApiParameters.of(exchange);
    parameters.requireMatch();
    ApiTime start = parameters.time("start", ApiTime.MIN);
    ApiTime end = parameters.time("end", ApiTime.MAX);
    List<List<Matcher>> sets = parameters.anyMatcherSets();
    run(
        () -> {
          for (List<Matcher> matchers : sets) {
            database.delete(start.millis(), end.millis(), matchers);
          }
        },
        "");
    return Answer.NONE;
  }

  Answer cleanTombstones(Exchange exchange) {
    requireEnabled();
    run(database::cleanTombstones, "");
    return Answer.NONE;
  }

  Answer snapshot(Exchange exchange) throws IOException {
    requireEnabled();
    boolean skipHead = skipHead(ApiParameters.of(exchange).text("skip_head"));
    String[] name = {""};
    run(() -> name[0] = database.snapshot(skipHead), "create snapshot: ");
    return Answer.of(json -> json.beginObject().name("name").text(name[0]).endObject());
  }

  private static boolean skipHead(String text) {
    try {
      return !text.isEmpty() && GoInteger.parseBool(text);
    } catch (NumberFormatException e) {
      throw ApiException.invalidParameter(
          "skip_head", "unable to parse boolean: " + e.getMessage());
    }
  }

  private void requireEnabled() {
    if (!enabled) {
      throw new ApiException(ErrorType.UNAVAILABLE, "admin APIs disabled");
    }
  }

  private static void run(Runnable action, String context) {
    try {
      action.run();
    } catch (StorageException e) {
      ErrorType type = e instanceof NotReadyException ? ErrorType.UNAVAILABLE : ErrorType.INTERNAL;
      throw new ApiException(type, context + e.getMessage(), e);
    }
  }
}
