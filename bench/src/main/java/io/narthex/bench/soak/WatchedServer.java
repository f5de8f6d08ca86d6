package io.narthex.bench.soak;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The server as its launcher starts it, with what can be seen of it from outside. */
final class WatchedServer implements AutoCloseable {
  private static final Pattern PAUSE = Pattern.compile("Pause .* ([0-9.]+)ms");
  private static final Pattern HEAD_SERIES =
      Pattern.compile("(?m)^prometheus_tsdb_head_series ([0-9.e+]+)$");
  private static final List<String> WORK =
      List.of("write block completed", "compact blocks", "WAL checkpoint complete");

  private final Process process;
  private final int port;
  private final HttpClient http = HttpClient.newHttpClient();
  private final Tail pauses;
  private final Tail log;

  private WatchedServer(Process process, int port, Path pauses, Path log) {
    this.process = process;
    this.port = port;
    this.pauses = new Tail(pauses);
    this.log = new Tail(log);
  }

  /**
   * @param address of all targets, whose paths are {@code /0} to {@code /N}
   * @param block the range of a block, as the flag takes it
   */
  static WatchedServer start(
      Path work, String launcher, String address, int targets, int intervalSeconds, String block)
      throws IOException {
    int port;
    try (ServerSocket socket = new ServerSocket(0)) {
      port = socket.getLocalPort();
    }
    Path config =
        Files.writeString(work.resolve("soak.yml"), config(address, targets, intervalSeconds));
    Path log = work.resolve("server.log");
    Path pauses = work.resolve("gc.log");
    ProcessBuilder builder =
        new ProcessBuilder(
                launcher,
                "server",
                "--config.file=" + config,
                "--storage.tsdb.path=" + work.resolve("data"),
                "--storage.tsdb.min-block-duration=" + block,
                "--web.listen-address=127.0.0.1:" + port)
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    String more = System.getenv().getOrDefault("NARTHEX_JVM_ARGS", "");
    builder.environment().put("NARTHEX_JVM_ARGS", more + " -Xlog:gc:file=" + pauses);
    return new WatchedServer(builder.start(), port, pauses, log);
  }

  private static String config(String address, int targets, int intervalSeconds) {
    StringBuilder text = new StringBuilder();
    text.append("global: {scrape_interval: ").append(intervalSeconds).append("s, scrape_timeout: ");
    text.append(intervalSeconds).append("s}\nscrape_configs:\n  - job_name: soak\n");
    text.append("    static_configs:\n");
    for (int i = 0; i < targets; i++) {
      text.append("      - {targets: ['")
          .append(address)
          .append("'], labels: {__metrics_path__: /");
      text.append(i).append(", instance: '").append(i).append("'}}\n");
    }
    return text.toString();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** Of the process, in bytes; 0 where the system does not say. */
  long residentBytes() throws IOException {
    Path status = Path.of("/proc/" + process.pid() + "/status");
    if (!Files.exists(status)) {
      return 0;
    }
    for (String line : Files.readAllLines(status)) {
      if (line.startsWith("VmRSS:")) {
        return Long.parseLong(line.replaceAll("[^0-9]", "")) << 10;
      }
    }
    return 0;
  }

  /** The longest pause of the collector since asked. */
  long longestPauseMicros() {
    long longest = 0;
    Matcher matcher = PAUSE.matcher(pauses.more());
    while (matcher.find()) {
      longest = Math.max(longest, Math.round(Double.parseDouble(matcher.group(1)) * 1000));
    }
    return longest;
  }

  /** What background work ended since asked. */
  List<String> endedWork() {
    String lines = log.more();
    List<String> ended = new ArrayList<>();
    for (String work : WORK) {
      if (lines.contains(work)) {
        ended.add(work);
      }
    }
    return ended;
  }

  /** -1 where it does not answer. */
  long headSeries() {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/metrics"))
            .timeout(Duration.ofSeconds(5))
            .build();
    try {
      String body = http.send(request, HttpResponse.BodyHandlers.ofString()).body();
      Matcher matcher = HEAD_SERIES.matcher(body);
      return matcher.find() ? (long) Double.parseDouble(matcher.group(1)) : -1;
    } catch (IOException e) {
      return -1;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return -1;
    }
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(60, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  /** What a file has got since asked. */
  private static final class Tail {
    private final Path file;
    private long position;

    Tail(Path file) {
      this.file = file;
    }

    String more() {
      if (!Files.exists(file)) {
        return "";
      }
      try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
        byte[] bytes = new byte[(int) (in.length() - position)];
        in.seek(position);
        in.readFully(bytes);
        position += bytes.length;
        return new String(bytes, StandardCharsets.UTF_8);
      } catch (IOException e) {
        return "";
      }
    }
  }
}
