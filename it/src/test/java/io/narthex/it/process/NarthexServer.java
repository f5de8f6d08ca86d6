package io.narthex.it.process;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The built server as its launcher runs it, in a process of its own. */
public final class NarthexServer implements AutoCloseable {
  private final RunningProcess process;
  private final Api api;

  private NarthexServer(RunningProcess process, Api api) {
    this.process = process;
    this.api = api;
  }

  /** Starts it in a folder (its data go to {@code data} below) and waits until it is ready. */
  public static NarthexServer start(Path directory, int port, String... flags) {
    NarthexServer server = begin(directory, port, flags);
    try {
      server.awaitReady();
    } catch (AssertionError e) {
      server.close();
      throw new AssertionError("server did not start:\n" + server.process.output(), e);
    }
    return server;
  }

  /** Starts it and does not wait until it is ready. */
  public static NarthexServer begin(Path directory, int port, String... flags) {
    return begin(directory, port, List.of(), flags);
  }

  /**
   * The same by a program that runs others.
   *
   * @param before what goes before the server's command
   */
  public static NarthexServer begin(
      Path directory, int port, List<String> before, String... flags) {
    List<String> all = new ArrayList<>(List.of(flags));
    all.add("--web.listen-address=127.0.0.1:" + port);
    return new NarthexServer(launch(directory, before, all), new Api(port));
  }

  /** Starts it with just these flags and does not wait. */
  public static RunningProcess launch(Path directory, List<String> flags) {
    return launch(directory, List.of(), flags);
  }

  private static RunningProcess launch(Path directory, List<String> before, List<String> flags) {
    Path jars = BuiltServer.jars(root());
    List<String> command = new ArrayList<>(before);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of("-XX:+UseSerialGC", "-XX:+UseCompactObjectHeaders", "-XX:TieredStopAtLevel=1"));
    command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "-Xmx512m", "-cp", jars + "/*"));
    command.addAll(List.of("io.narthex.server.Main", "server"));
    command.addAll(flags);
    return RunningProcess.start(command, directory, directory.resolve("server.log"));
  }

  public void awaitReady() {
    Await.until(
        "server ready",
        Duration.ofSeconds(60),
        () -> {
          if (!process.isAlive()) {
            throw new IllegalStateException("server ended");
          }
          return api.get("/-/ready").statusCode() == 200;
        });
  }

  public Api api() {
    return api;
  }

  public RunningProcess process() {
    return process;
  }

  @Override
  public void close() {
    process.close();
  }

  private static Path root() {
    return Path.of(System.getProperty("narthex.root", "..")).toAbsolutePath().normalize();
  }
}
