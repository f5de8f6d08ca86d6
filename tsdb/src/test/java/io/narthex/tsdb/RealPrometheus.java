package io.narthex.tsdb;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A real Prometheus over a directory, as a peer. */
final class RealPrometheus implements AutoCloseable {
  private static final Pattern LAST_VALUE = Pattern.compile(",\"([0-9.e+]+)\"]");

  private final Process process;
  private final int port;
  private final HttpClient http = HttpClient.newHttpClient();
  private final Path output;

  private RealPrometheus(Process process, int port, Path output) {
    this.process = process;
    this.port = port;
    this.output = output;
  }

  /** A program of Prometheus on the search path. */
  static Optional<Path> program(String name) {
    for (String folder : System.getenv().getOrDefault("PATH", "").split(":")) {
      Path program = Path.of(folder, name);
      if (Files.isExecutable(program)) {
        return Optional.of(program);
      }
    }
    return Optional.empty();
  }

  static RealPrometheus start(
      Path program, Path data, Path scratch, String scrapeInterval, String... flags)
      throws IOException, InterruptedException {
    int port;
    try (ServerSocket socket = new ServerSocket(0)) {
      port = socket.getLocalPort();
    }
    Path config = scratch.resolve("prometheus-" + port + ".yml");
    Files.writeString(
        config,
        scrapeInterval.isEmpty()
            ? "global: {}\n"
            : "global: {scrape_interval: "
                + scrapeInterval
                + "}\nscrape_configs: [{job_name: self, static_configs: [{targets: ['127.0.0.1:"
                + port
                + "']}]}]\n");
    Path output = scratch.resolve("prometheus-" + port + ".log");
    List<String> command = new ArrayList<>();
    command.add(program.toString());
    command.add("--config.file=" + config);
    command.add("--storage.tsdb.path=" + data);
    command.add("--storage.tsdb.retention.time=100y");
    command.add("--web.listen-address=127.0.0.1:" + port);
    command.addAll(List.of(flags));
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    RealPrometheus peer = new RealPrometheus(process, port, output);
    for (int i = 0; i < 1200 && process.isAlive(); i++) {
      if (peer.get("/-/ready").isPresent()) {
        return peer;
      }
      Thread.sleep(50);
    }
    String log = Files.readString(output);
    peer.close();
    throw new IOException("prometheus does not become ready:\n" + log);
  }

  /** The body of a successful answer. */
  Optional<String> get(String path) throws InterruptedException {
    try {
      HttpResponse<String> response =
          http.send(
              HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build(),
              HttpResponse.BodyHandlers.ofString());
      return response.statusCode() == 200 ? Optional.of(response.body()) : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  String query(String expression, long timeMillis) throws InterruptedException {
    String query = URLEncoder.encode(expression, StandardCharsets.UTF_8);
    return get("/api/v1/query?query=" + query + "&time=" + timeMillis / 1e3).orElse("");
  }

  /**
   * Waits until it has scraped itself some times.
   *
   * @return the time of its last scrape that is stored, in milliseconds: no other of up to then
   *     will come
   */
  long awaitScrapes() throws InterruptedException {
    for (int i = 0; i < 600; i++) {
      long now = System.currentTimeMillis();
      if (query("count_over_time(up[1m]) > 5", now).contains("self")) {
        Matcher last = LAST_VALUE.matcher(query("timestamp(up)", now));
        if (last.find()) {
          return Math.round(Double.parseDouble(last.group(1)) * 1000);
        }
      }
      Thread.sleep(100);
    }
    throw new AssertionError("prometheus does not scrape itself");
  }

  String log() throws IOException {
    return Files.readString(output);
  }

  void kill() throws InterruptedException {
    process.destroyForcibly();
    process.waitFor();
  }

  @Override
  public void close() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(60, TimeUnit.SECONDS)) {
      kill();
    }
  }

  /** Runs a program to its end and returns its output. */
  static String run(Path program, String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(program.toString());
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    int code = process.waitFor();
    if (code != 0) {
      throw new IOException(command + " ended with " + code + ":\n" + output);
    }
    return output;
  }
}
