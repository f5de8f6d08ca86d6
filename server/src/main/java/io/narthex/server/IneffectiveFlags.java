package io.narthex.server;

import io.narthex.cli.FlagValues;
import io.narthex.cli.UsageException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The flags of Prometheus that are accepted, so that its command lines work, and do nothing here.
 * Each one given is told at start with the reason and what to do instead.
 */
final class IneffectiveFlags {
  private static final String NO_RULES = "rules are not evaluated by this version";
  private static final String NO_ALERTS = "alerts are not sent by this version";
  private static final String NO_REMOTE = "remote_write and remote_read do not run in this version";
  private static final String NO_REMOTE_READ = "/api/v1/read is not offered by this version";
  private static final String NO_CONSOLES = "console templates are not served by this version";
  private static final String HEAP =
      "the heap has a limit of its own; set it with NARTHEX_JVM_ARGS=-Xmx2g or the like";

  private static final Map<String, String> REASONS =
      Map.ofEntries(
          Map.entry("alertmanager.drain-notification-queue-on-shutdown", NO_ALERTS),
          Map.entry("alertmanager.notification-batch-size", NO_ALERTS),
          Map.entry("alertmanager.notification-queue-capacity", NO_ALERTS),
          Map.entry("auto-gomaxprocs", "the Java virtual machine always heeds the CPU quota"),
          Map.entry("auto-gomemlimit", HEAP),
          Map.entry("auto-gomemlimit.ratio", HEAP),
          Map.entry("auto-gomemlimit.refresh-interval", HEAP),
          Map.entry("rules.alert.for-grace-period", NO_RULES),
          Map.entry("rules.alert.for-outage-tolerance", NO_RULES),
          Map.entry("rules.alert.resend-delay", NO_RULES),
          Map.entry("rules.max-concurrent-evals", NO_RULES),
          Map.entry("storage.remote.flush-deadline", NO_REMOTE),
          Map.entry("storage.remote.read-concurrent-limit", NO_REMOTE_READ),
          Map.entry("storage.remote.read-max-bytes-in-frame", NO_REMOTE_READ),
          Map.entry("storage.remote.read-sample-limit", NO_REMOTE_READ),
          Map.entry("storage.tsdb.head-chunks-write-queue-size", "head chunks are written at once"),
          Map.entry("web.console.libraries", NO_CONSOLES),
          Map.entry("web.console.templates", NO_CONSOLES),
          Map.entry(
              "web.enable-otlp-receiver",
              "OTLP is not received by this version; send remote write instead"),
          Map.entry(
              "web.remote-write-receiver.accepted-protobuf-messages",
              "both message types are always accepted"),
          Map.entry("web.search.max-limit", "the search API is not offered by this version"),
          Map.entry("write-documentation", "use --help for the list of flags"));

  private IneffectiveFlags() {}

  /** Whether the server does nothing with the flag; flags of agent mode are not counted. */
  static boolean contains(String name) {
    return REASONS.containsKey(name);
  }

  /** One line for each flag on the command line that does nothing, sorted by name. */
  static List<String> warnings(FlagValues flags) {
    Map<String, String> found = new TreeMap<>();
    for (String name : flags.given()) {
      String reason = REASONS.get(name);
      if (reason != null) {
        found.put(name, "--" + name + " has no effect: " + reason);
      }
    }
    return List.copyOf(found.values());
  }

  /**
   * Refuses a flag that must not be passed over: who asks for TLS or a password would else get a
   * server that is open to everyone.
   *
   * @throws UsageException where {@code --web.config.file} names a file
   */
  static void refuseUnsafe(FlagValues flags) {
    String file = flags.text("web.config.file");
    if (!file.isEmpty()) {
      throw new UsageException(
          "--web.config.file="
              + file
              + ": TLS and authentication of this server's own endpoints are not offered by this"
              + " version; leave the flag out and put a reverse proxy that does both in front, with"
              + " --web.listen-address=127.0.0.1:9090");
    }
  }
}
