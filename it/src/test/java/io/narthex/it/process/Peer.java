package io.narthex.it.process;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A real program beside ours. */
public final class Peer implements AutoCloseable {
  private final RunningProcess process;
  private final Api api;

  private Peer(RunningProcess process, Api api) {
    this.process = process;
    this.api = api;
  }

  /** Skips the test where the program is not installed. */
  public static String require(String program) {
    for (String folder : System.getenv("PATH").split(":")) {
      Path candidate = Path.of(folder, program);
      if (Files.isExecutable(candidate)) {
        return candidate.toString();
      }
    }
    assumeTrue(false, program + " is not installed (./verify --with-peers installs it)");
    throw new IllegalStateException();
  }

  /** Starts a program that answers HTTP and waits until the path does. */
  public static Peer start(
      String program, Path directory, int port, String readyPath, String... flags) {
    List<String> command = new ArrayList<>();
    command.add(require(program));
    command.addAll(List.of(flags));
    RunningProcess process =
        RunningProcess.start(command, directory, directory.resolve(program + "-" + port + ".log"));
    Peer peer = new Peer(process, new Api(port));
    try {
      Await.until(
          program + " ready",
          Duration.ofSeconds(30),
          () -> peer.api.get(readyPath).statusCode() == 200);
    } catch (AssertionError e) {
      peer.close();
      throw new AssertionError(process.output(), e);
    }
    return peer;
  }

  public static Peer nodeExporter(Path directory, int port) {
    return start(
        "prometheus-node-exporter",
        directory,
        port,
        "/metrics",
        "--web.listen-address=127.0.0.1:" + port);
  }

  public static Peer pushgateway(Path directory, int port) {
    return start(
        "prometheus-pushgateway",
        directory,
        port,
        "/-/ready",
        "--web.listen-address=127.0.0.1:" + port);
  }

  public static Peer prometheus(Path directory, int port, String... flags) {
    List<String> all = new ArrayList<>(List.of(flags));
    all.add("--web.listen-address=127.0.0.1:" + port);
    return start("prometheus", directory, port, "/-/ready", all.toArray(String[]::new));
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
}
