package io.narthex.server;

import io.narthex.cli.FlagParser;
import io.narthex.cli.FlagValues;
import io.narthex.cli.HelpText;
import io.narthex.cli.UsageException;
import io.narthex.config.Config;
import io.narthex.config.ConfigException;
import io.narthex.http.server.HttpServer;
import io.narthex.server.flags.ServerFlag;
import io.narthex.server.flags.ServerFlags;
import io.narthex.server.logging.LogFormat;
import io.narthex.server.logging.LogLevel;
import io.narthex.server.logging.LogfmtProvider;
import io.narthex.server.queries.QueryFileException;
import io.narthex.storage.StorageException;
import io.narthex.tsdb.Db;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the command line and runs the server until it is told to stop. */
public final class Main {
  private static final int USAGE = 2;
  private static final int WRONG_MODE = 3;

  private Main() {}

  /** The first argument names the component; the rest are its flags. */
  public static void main(String... args) {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    String[] flags =
        args.length > 0 && args[0].equals("server")
            ? Arrays.copyOfRange(args, 1, args.length)
            : args;
    for (String flag : flags) {
      if (flag.equals("-h") || flag.startsWith("--help")) {
        out.print(HelpText.of("narthex server", ServerFlags.HELP, ServerFlags.ALL));
        return;
      }
      if (flag.equals("--version")) {
        out.println(new Build().text());
        return;
      }
    }
    int code = run(flags);
    if (code != 0) {
      System.exit(code);
    }
  }

  /** What takes long to load and needs no configuration is loaded while that is read. */
  private static void prepare() {
    Db.prepare();
    HttpServer.prepare();
  }

  private static int run(String... flags) {
    CountDownLatch stop = new CountDownLatch(1);
    // A SIGHUP while the WAL is replayed must not end the process, as the JVM would by default.
    CompletableFuture<Server> started = new CompletableFuture<>();
    Signals.on("HUP", () -> started.join().reload());
    Server server;
    try {
      server = start(stop::countDown, flags);
    } catch (UsageException e) {
      System.err.println("Error parsing command line arguments: " + e.getMessage());
      System.err.println("narthex: error: " + e.getMessage() + ", try --help");
      return USAGE;
    } catch (StartException e) {
      return e.exitCode();
    }
    Signals.on("TERM", stop::countDown);
    Signals.on("INT", stop::countDown);
    started.complete(server);
    try {
      stop.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return server.stop() ? 0 : 1;
  }

  /**
   * Runs a server while the action runs, started by a command line.
   *
   * @throws IllegalStateException where it cannot start; why has been logged
   */
  public static void runFor(List<String> flags, Runnable action) {
    try (Server server = start(() -> {}, flags.toArray(String[]::new))) {
      server.awaitReady();
      action.run();
    } catch (StartException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * @param quit what {@code /-/quit} and a broken database do
   * @throws UsageException where the command line is wrong
   * @throws StartException where the server cannot run; why has been logged
   */
  private static Server start(Runnable quit, String... flags) throws StartException {
    FlagValues values = new FlagParser(ServerFlags.ALL).parse(flags);
    LogfmtProvider.sink()
        .configure(
            LogLevel.valueOf(values.text("log.level").toUpperCase(Locale.ROOT)),
            LogFormat.valueOf(values.text("log.format").toUpperCase(Locale.ROOT)));
    checkMode(values);
    Thread.ofPlatform().name("prepare").daemon().start(Main::prepare);
    Logger log = LoggerFactory.getLogger(Main.class);
    ConfigSource source = ConfigSource.of(values);
    Config config;
    try {
      config = source.load();
    } catch (ConfigException e) {
      log.atError()
          .addKeyValue("file", source.file().toAbsolutePath())
          .addKeyValue("err", e.getMessage())
          .log("Error loading config (--config.file=" + source.file() + ")");
      throw new StartException(USAGE);
    }
    try {
      return new Server(values, source, config, quit);
    } catch (QueryFileException e) {
      log.atError()
          .addKeyValue("err", e.getMessage())
          .log("failed to initialize active query tracker");
      throw new StartException(1);
    } catch (StorageException | io.narthex.http.server.HttpServerException e) {
      log.atError().addKeyValue("err", e.getMessage()).log("Fatal error");
      throw new StartException(1);
    }
  }

  private static void checkMode(FlagValues values) throws StartException {
    boolean agent = values.bool("agent");
    List<String> misplaced = new ArrayList<>();
    for (ServerFlag flag : ServerFlags.BY_MODE) {
      boolean wrong = flag.mode() == (agent ? ServerFlag.Mode.SERVER : ServerFlag.Mode.AGENT);
      if (wrong && values.isGiven(flag.name())) {
        misplaced.add("\"--" + flag.name() + "\"");
      }
    }
    if (!misplaced.isEmpty()) {
      System.err.println(
          "The following flag(s) can "
              + (agent ? "not be used in agent mode" : "only be used in agent mode")
              + ": ["
              + String.join(" ", misplaced)
              + "]");
      throw new StartException(WRONG_MODE);
    }
    if (agent) {
      System.err.println(
          "Agent mode is not offered by this version; run without --agent, or forward with"
              + " Prometheus");
      throw new StartException(1);
    }
  }
}
