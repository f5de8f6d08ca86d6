package io.narthex.web.api.v1;

import io.narthex.config.Config;
import io.narthex.http.server.Exchange;
import io.narthex.storage.DatabaseAdmin;
import io.narthex.storage.NotReadyException;
import io.narthex.storage.StorageException;
import io.narthex.web.BuildInfo;
import io.narthex.web.RuntimeStatus;
import io.narthex.web.json.JsonWriter;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.function.Supplier;

/** `/status/…`: what the server is, how it is configured and what its database holds. */
public final class StatusHandler {
  private static final int DEFAULT_TSDB_LIMIT = 10;
  private static final int MAX_TSDB_LIMIT = 10_000;

  private final DatabaseAdmin database;
  private final Supplier<Config> config;
  private final Supplier<RuntimeStatus> status;
  private final BuildInfo build;
  private final SortedMap<String, String> flags;

  public StatusHandler(
      DatabaseAdmin database,
      Supplier<Config> config,
      Supplier<RuntimeStatus> status,
      BuildInfo build,
      SortedMap<String, String> flags) {
    this.database = database;
    this.config = config;
    this.status = status;
    this.build = build;
    this.flags = flags;
  }

  Answer config(Exchange exchange) {
    String yaml = config.get().toYaml();
    return Answer.of(json -> json.beginObject().name("yaml").text(yaml).endObject());
  }

  Answer flags(Exchange exchange) {
    return Answer.of(
        json -> {
          json.beginObject();
          for (Map.Entry<String, String> flag : flags.entrySet()) {
            json.name(flag.getKey()).text(flag.getValue());
          }
          json.endObject();
        });
  }

  Answer buildInfo(Exchange exchange) {
    return Answer.of(this::writeBuildInfo);
  }

  /** The build information as an object; `/version` shows the same. */
  public void writeBuildInfo(JsonWriter json) throws IOException {
    json.beginObject();
    json.name("version").text(build.version());
    json.name("revision").text(build.revision());
    json.name("branch").text(build.branch());
    json.name("buildUser").text(build.buildUser());
    json.name("buildDate").text(build.buildDate());
    json.name("goVersion").text(build.runtimeVersion());
    json.endObject();
  }

  /** Members that only a Go program has are shown with what comes next to them here. */
  Answer runtimeInfo(Exchange exchange) {
    RuntimeStatus now = status.get();
    return Answer.of(
        json -> {
          json.beginObject();
          json.name("startTime").text(Rfc3339.utc(now.startTime()));
          json.name("CWD").text(now.workingDirectory());
          json.name("hostname").text(now.hostname());
          json.name("serverTime").text(Rfc3339.utc(Instant.now()));
          json.name("reloadConfigSuccess").bool(now.reloadConfigSuccess());
          json.name("lastConfigTime")
              .text(Rfc3339.utc(now.lastConfigTime().truncatedTo(ChronoUnit.SECONDS)));
          json.name("corruptionCount").number(corruptions());
          json.name("goroutineCount").number(ManagementFactory.getThreadMXBean().getThreadCount());
          json.name("GOMAXPROCS").number(Runtime.getRuntime().availableProcessors());
          json.name("GOMEMLIMIT").number(Runtime.getRuntime().maxMemory());
          json.name("GOGC").text("");
          json.name("GODEBUG").text("");
          json.name("storageRetention").text(now.storageRetention());
          json.endObject();
        });
  }

  private long corruptions() {
    try {
      return database.corruptions();
    } catch (NotReadyException e) {
      return 0;
    }
  }

  Answer database(Exchange exchange) throws IOException {
    DatabaseAdmin.Statistics statistics =
        call(() -> database.statistics(databaseLimit(exchange)), "");
    return Answer.of(
        json -> {
          json.beginObject().name("headStats").beginObject();
          json.name("numSeries").number(statistics.series());
          json.name("numLabelPairs").number(statistics.labelPairs());
          json.name("chunkCount").number(statistics.chunks());
          json.name("minTime").number(statistics.mint());
          json.name("maxTime").number(statistics.maxt());
          json.endObject();
          counts(json, "seriesCountByMetricName", statistics.seriesCountByMetricName());
          counts(json, "labelValueCountByLabelName", statistics.labelValueCountByLabelName());
          counts(json, "memoryInBytesByLabelName", statistics.memoryInBytesByLabelName());
          counts(json, "seriesCountByLabelValuePair", statistics.seriesCountByLabelValuePair());
          json.endObject();
        });
  }

  private static int databaseLimit(Exchange exchange) throws IOException {
    String text = ApiParameters.of(exchange).text("limit");
    if (text.isEmpty()) {
      return DEFAULT_TSDB_LIMIT;
    }
    long limit;
    try {
      limit = GoInteger.atoi(text);
    } catch (NumberFormatException e) {
      limit = 0;
    }
    if (limit < 1) {
      throw ApiException.badData("limit must be a positive number");
    }
    if (limit > MAX_TSDB_LIMIT) {
      throw ApiException.badData("limit must not exceed " + MAX_TSDB_LIMIT);
    }
    return (int) limit;
  }

  private static void counts(JsonWriter json, String name, List<DatabaseAdmin.Count> counts)
      throws IOException {
    json.name(name).beginArray();
    for (DatabaseAdmin.Count count : counts) {
      json.beginObject()
          .name("name")
          .text(count.name())
          .name("value")
          .number(count.value())
          .endObject();
    }
    json.endArray();
  }

  Answer blocks(Exchange exchange) throws IOException {
    List<String> metas = call(database::blockMetas, "error getting block metadata: ");
    return Answer.of(
        json -> {
          json.beginObject().name("blocks").beginArray();
          for (String meta : metas) {
            json.raw(CompactJson.of(meta).getBytes(StandardCharsets.UTF_8));
          }
          json.endArray().endObject();
        });
  }

  Answer replay(Exchange exchange) throws IOException {
    DatabaseAdmin.ReplayProgress progress = call(database::replayProgress, "");
    return Answer.of(
        json -> {
          json.beginObject().name("min").number(progress.min()).name("max").number(progress.max());
          json.name("current").number(progress.current()).endObject();
        });
  }

  @FunctionalInterface
  private interface DatabaseCall<T> {
    T run() throws IOException;
  }

  private static <T> T call(DatabaseCall<T> call, String context) throws IOException {
    try {
      return call.run();
    } catch (StorageException e) {
      ErrorType type = e instanceof NotReadyException ? ErrorType.UNAVAILABLE : ErrorType.INTERNAL;
      throw new ApiException(type, context + e.getMessage(), e);
    }
  }
}
