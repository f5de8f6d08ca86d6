package io.narthex.server.queries;

import io.narthex.promql.LoggedQuery;
import io.narthex.promql.QueryLog;
import io.narthex.tsdb.encoding.FileErrors;
import io.narthex.web.json.JsonWriter;
import io.narthex.web.json.StatsJsonWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.Locale;
import java.util.Map;

/**
 * The file of {@code global.query_log_file}: a JSON object a line, with the members of Prometheus.
 * Lines are appended whole, so that the file may be shared or moved away.
 */
public final class QueryLogFile implements QueryLog {
  private static final DateTimeFormatter NANOS =
      new DateTimeFormatterBuilder()
          .appendPattern("yyyy-MM-dd'T'HH:mm:ss")
          .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
          .appendLiteral('Z')
          .toFormatter(Locale.ROOT)
          .withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter MILLIS =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  /** No traces are taken, and Prometheus without tracing says so in this way. */
  private static final String NO_SPAN = "0".repeat(16);

  private static final String NO_TRACE = "0".repeat(32);

  private final FileChannel file;
  private final Clock clock;

  private QueryLogFile(FileChannel file, Clock clock) {
    this.file = file;
    this.clock = clock;
  }

  /**
   * Opens the file for appending, and makes it where there is none.
   *
   * @throws QueryFileException where that cannot be done
   */
  public static QueryLogFile open(Path path, Clock clock) {
    try {
      FileChannel file =
          FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
      return new QueryLogFile(file, clock);
    } catch (IOException e) {
      throw new QueryFileException(
          "can't create json log file: open " + path + ": " + FileErrors.reason(e), e);
    }
  }

  @Override
  public void write(LoggedQuery query) throws IOException {
    ByteBuffer line = ByteBuffer.wrap(line(query));
    synchronized (file) {
      while (line.hasRemaining()) {
        file.write(line);
      }
    }
  }

  private byte[] line(LoggedQuery query) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream(1024);
    byte[] buffer = new byte[1024];
    JsonWriter json = new JsonWriter(out, buffer);
    json.beginObject();
    json.name("time").text(NANOS.format(clock.instant()));
    json.name("level").text("INFO");
    json.name("source").text("QueryLogFile");
    json.name("msg").text("promql query logged");
    parameters(json, query);
    if (query.error().isPresent()) {
      json.name("error").text(query.error().get());
    }
    json.name("stats");
    StatsJsonWriter.write(json, query.stats());
    json.name("spanID").text(NO_SPAN);
    json.name("traceID").text(NO_TRACE);
    origin(json, query);
    json.endObject();
    out.write(buffer, 0, json.buffered());
    out.write('\n');
    return out.toByteArray();
  }

  private static void parameters(JsonWriter json, LoggedQuery query) throws IOException {
    json.name("params").beginObject();
    json.name("end").text(date(query.endMillis()));
    json.name("query").text(query.query());
    json.name("start").text(date(query.startMillis()));
    json.name("step").number(query.stepMillis() / 1000);
    json.endObject();
  }

  private static String date(long millis) {
    return MILLIS.format(Instant.ofEpochMilli(millis));
  }

  private static void origin(JsonWriter json, LoggedQuery query) throws IOException {
    if (query.origin().kind().isEmpty()) {
      return;
    }
    json.name(query.origin().kind()).beginObject();
    for (Map.Entry<String, String> detail : query.origin().details().entrySet()) {
      json.name(detail.getKey()).text(detail.getValue());
    }
    json.endObject();
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
