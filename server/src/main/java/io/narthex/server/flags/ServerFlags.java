package io.narthex.server.flags;

import io.narthex.cli.Flag;
import io.narthex.cli.Flag.Kind;
import io.narthex.server.flags.ServerFlag.Mode;
import java.util.List;

/** Every flag of {@code prometheus} 3.14, in the order of its help text. */
public final class ServerFlags {
  /** What the program is, for its help text. */
  public static final String HELP = "The Prometheus-compatible monitoring server";

  public static final List<ServerFlag> BY_MODE =
      List.of(
          new ServerFlag(
              "config.file", Kind.TEXT, "prometheus.yml", Mode.BOTH, "Main configuration file."),
          new ServerFlag(
              "config.auto-reload",
              Kind.BOOLEAN,
              "false",
              Mode.BOTH,
              "Reload when configuration or referenced files change."),
          new ServerFlag(
              "config.auto-reload-interval",
              Kind.DURATION,
              "30s",
              Mode.BOTH,
              "Change-check period; values under 1s become 1s."),
          new ServerFlag(
                  "web.listen-address",
                  Kind.TEXT,
                  "0.0.0.0:9090",
                  Mode.BOTH,
                  "Listen address for UI, API, own metrics.")
              .many(),
          new ServerFlag(
              "auto-gomaxprocs",
              Kind.BOOLEAN,
              "true",
              Mode.BOTH,
              "Adapt CPU parallelism to container quota."),
          new ServerFlag(
              "auto-gomemlimit",
              Kind.BOOLEAN,
              "true",
              Mode.BOTH,
              "Adapt heap target to container/system memory."),
          new ServerFlag(
              "auto-gomemlimit.ratio",
              Kind.NUMBER,
              "0.9",
              Mode.BOTH,
              "Share of detected memory; must be in (0,1]."),
          new ServerFlag(
              "auto-gomemlimit.refresh-interval",
              Kind.DURATION,
              "0s",
              Mode.BOTH,
              "Re-detect limit this often; 0 = once."),
          new ServerFlag(
              "web.config.file",
              Kind.TEXT,
              "",
              Mode.BOTH,
              "TLS / basic-auth / header settings file."),
          new ServerFlag(
              "web.read-timeout",
              Kind.DURATION,
              "5m",
              Mode.BOTH,
              "Request read timeout and idle-connection limit."),
          new ServerFlag(
              "web.max-connections",
              Kind.INTEGER,
              "512",
              Mode.BOTH,
              "Simultaneous connections over all listeners."),
          new ServerFlag(
              "web.max-notifications-subscribers",
              Kind.INTEGER,
              "16",
              Mode.BOTH,
              "Live-notification (SSE) subscribers."),
          new ServerFlag(
              "web.external-url",
              Kind.TEXT,
              "",
              Mode.BOTH,
              "Public URL; its path prefixes every endpoint."),
          new ServerFlag(
              "web.route-prefix", Kind.TEXT, "", Mode.BOTH, "Prefix of internal routes."),
          new ServerFlag(
              "web.user-assets", Kind.TEXT, "", Mode.BOTH, "Directory served below /user."),
          new ServerFlag(
              "web.enable-lifecycle",
              Kind.BOOLEAN,
              "false",
              Mode.BOTH,
              "Allow /-/reload and /-/quit."),
          new ServerFlag(
              "web.enable-admin-api",
              Kind.BOOLEAN,
              "false",
              Mode.BOTH,
              "Allow /api/v1/admin/tsdb/*."),
          new ServerFlag(
              "web.enable-remote-write-receiver",
              Kind.BOOLEAN,
              "false",
              Mode.BOTH,
              "Allow /api/v1/write."),
          new ServerFlag(
                  "web.remote-write-receiver.accepted-protobuf-messages",
                  Kind.TEXT,
                  "prometheus.WriteRequest,io.prometheus.write.v2.Request",
                  Mode.BOTH,
                  "Accepted remote-write message types.")
              .many(),
          new ServerFlag(
              "web.enable-otlp-receiver",
              Kind.BOOLEAN,
              "false",
              Mode.BOTH,
              "Allow /api/v1/otlp/v1/metrics."),
          new ServerFlag(
              "web.console.templates",
              Kind.TEXT,
              "consoles",
              Mode.BOTH,
              "Console templates, served below /consoles."),
          new ServerFlag(
              "web.console.libraries",
              Kind.TEXT,
              "console_libraries",
              Mode.BOTH,
              "Shared console template files."),
          new ServerFlag(
              "web.page-title",
              Kind.TEXT,
              "Prometheus Time Series Collection and Processing Server",
              Mode.BOTH,
              "HTML document title."),
          new ServerFlag(
              "web.cors.origin", Kind.TEXT, ".*", Mode.BOTH, "Anchored regex of allowed origins."),
          new ServerFlag(
              "storage.tsdb.path",
              Kind.TEXT,
              "data/",
              Mode.SERVER,
              "Database directory. Use with server mode only."),
          new ServerFlag(
                  "storage.tsdb.min-block-duration",
                  Kind.DURATION,
                  "2h",
                  Mode.SERVER,
                  "Head block range. Use with server mode only.")
              .hide(),
          new ServerFlag(
                  "storage.tsdb.max-block-duration",
                  Kind.DURATION,
                  "0s",
                  Mode.SERVER,
                  "Largest compacted block range. Use with server mode only.")
              .hide(),
          new ServerFlag(
                  "storage.tsdb.max-block-chunk-segment-size",
                  Kind.SIZE,
                  "0B",
                  Mode.SERVER,
                  "Chunk segment file size. Use with server mode only.")
              .hide(),
          new ServerFlag(
                  "storage.tsdb.wal-segment-size",
                  Kind.SIZE,
                  "0B",
                  Mode.SERVER,
                  "WAL segment file size. Use with server mode only.")
              .hide(),
          new ServerFlag(
              "storage.tsdb.retention.time",
              Kind.DURATION,
              "0s",
              Mode.SERVER,
              "[DEPRECATED] Keep samples this long; prefer configuration file. Use with server mode"
                  + " only."),
          new ServerFlag(
              "storage.tsdb.retention.size",
              Kind.SIZE,
              "0B",
              Mode.SERVER,
              "[DEPRECATED] Byte limit for blocks; units B…EB, powers of 2. Use with server mode"
                  + " only."),
          new ServerFlag(
              "storage.tsdb.no-lockfile",
              Kind.BOOLEAN,
              "false",
              Mode.SERVER,
              "Skip the lock file. Use with server mode only."),
          new ServerFlag(
                  "storage.tsdb.allow-overlapping-compaction",
                  Kind.BOOLEAN,
                  "true",
                  Mode.SERVER,
                  "Merge overlapping blocks (vertical compaction). Use with server mode only.")
              .hide(),
          new ServerFlag(
                  "storage.tsdb.wal-compression",
                  Kind.BOOLEAN,
                  "true",
                  Mode.SERVER,
                  "Compress WAL records. Use with server mode only.")
              .hide(),
          new ServerFlag(
                  "storage.tsdb.wal-compression-type",
                  Kind.CHOICE,
                  "snappy",
                  Mode.SERVER,
                  "WAL compression algorithm. Use with server mode only.")
              .hide()
              .oneOf("snappy", "zstd"),
          new ServerFlag(
              "storage.tsdb.head-chunks-write-queue-size",
              Kind.INTEGER,
              "0",
              Mode.SERVER,
              "Async head-chunk write queue; 0 = synchronous. Use with server mode only."),
          new ServerFlag(
                  "storage.tsdb.samples-per-chunk",
                  Kind.INTEGER,
                  "120",
                  Mode.SERVER,
                  "Target samples in a chunk. Use with server mode only.")
              .hide(),
          new ServerFlag(
                  "storage.tsdb.delayed-compaction.max-percent",
                  Kind.INTEGER,
                  "10",
                  Mode.SERVER,
                  "Cap of random compaction delay, % of chunk range. Use with server mode only.")
              .hide(),
          new ServerFlag(
              "storage.tsdb.delay-compact-file.path",
              Kind.TEXT,
              "",
              Mode.SERVER,
              "JSON list of uploaded blocks gating level-1 compaction. Use with server mode only."),
          new ServerFlag(
                  "storage.tsdb.block-reload-interval",
                  Kind.DURATION,
                  "1m",
                  Mode.SERVER,
                  "Rescan period for new or removed blocks. Use with server mode only.")
              .hide(),
          new ServerFlag(
              "storage.agent.path",
              Kind.TEXT,
              "data-agent/",
              Mode.AGENT,
              "Agent WAL directory. Use with agent mode only."),
          new ServerFlag(
                  "storage.agent.wal-segment-size",
                  Kind.SIZE,
                  "0B",
                  Mode.AGENT,
                  "Agent WAL segment size. Use with agent mode only.")
              .hide(),
          new ServerFlag(
              "storage.agent.wal-compression",
              Kind.BOOLEAN,
              "true",
              Mode.AGENT,
              "Compress agent WAL. Use with agent mode only."),
          new ServerFlag(
                  "storage.agent.wal-compression-type",
                  Kind.CHOICE,
                  "snappy",
                  Mode.AGENT,
                  "Agent WAL compression algorithm. Use with agent mode only.")
              .hide()
              .oneOf("snappy", "zstd"),
          new ServerFlag(
                  "storage.agent.wal-truncate-frequency",
                  Kind.DURATION,
                  "0s",
                  Mode.AGENT,
                  "Agent WAL truncation period. Use with agent mode only.")
              .hide(),
          new ServerFlag(
              "storage.agent.retention.min-time",
              Kind.DURATION,
              "5m",
              Mode.AGENT,
              "Minimum age before truncation may drop samples. Use with agent mode only."),
          new ServerFlag(
              "storage.agent.retention.max-time",
              Kind.DURATION,
              "4h",
              Mode.AGENT,
              "Age at which samples are dropped anyway. Use with agent mode only."),
          new ServerFlag(
              "storage.agent.checkpoint-from-in-memory-series",
              Kind.BOOLEAN,
              "false",
              Mode.AGENT,
              "Build checkpoints from memory only. Use with agent mode only."),
          new ServerFlag(
              "storage.agent.checkpoint-batch-size",
              Kind.INTEGER,
              "1000",
              Mode.AGENT,
              "Series per checkpoint record batch. Use with agent mode only."),
          new ServerFlag(
              "storage.agent.no-lockfile",
              Kind.BOOLEAN,
              "false",
              Mode.AGENT,
              "Skip the lock file. Use with agent mode only."),
          new ServerFlag(
              "storage.remote.flush-deadline",
              Kind.DURATION,
              "1m",
              Mode.BOTH,
              "Wait for queue flush on shutdown or reload."),
          new ServerFlag(
              "storage.remote.read-sample-limit",
              Kind.INTEGER,
              "50000000",
              Mode.SERVER,
              "Samples per remote-read query; 0 = none; not for streaming. Use with server mode"
                  + " only."),
          new ServerFlag(
              "storage.remote.read-concurrent-limit",
              Kind.INTEGER,
              "10",
              Mode.SERVER,
              "Concurrent remote-read calls; 0 = none. Use with server mode only."),
          new ServerFlag(
              "storage.remote.read-max-bytes-in-frame",
              Kind.INTEGER,
              "1048576",
              Mode.SERVER,
              "Frame size of streamed remote read. Use with server mode only."),
          new ServerFlag(
              "web.search.max-limit",
              Kind.INTEGER,
              "10000",
              Mode.SERVER,
              "Cap of search limit (400 above); 0 = no cap; negative refused. Use with server mode"
                  + " only."),
          new ServerFlag(
              "rules.alert.for-outage-tolerance",
              Kind.DURATION,
              "1h",
              Mode.SERVER,
              "Longest outage across which for state is restored. Use with server mode only."),
          new ServerFlag(
              "rules.alert.for-grace-period",
              Kind.DURATION,
              "10m",
              Mode.SERVER,
              "Least wait before restored alert fires. Use with server mode only."),
          new ServerFlag(
              "rules.alert.resend-delay",
              Kind.DURATION,
              "1m",
              Mode.SERVER,
              "Least wait before resending an alert. Use with server mode only."),
          new ServerFlag(
              "rules.max-concurrent-evals",
              Kind.INTEGER,
              "4",
              Mode.SERVER,
              "Concurrently evaluated independent rules. Use with server mode only."),
          new ServerFlag(
                  "scrape.adjust-timestamps",
                  Kind.BOOLEAN,
                  "true",
                  Mode.BOTH,
                  "Align scrape timestamps to the schedule.")
              .hide(),
          new ServerFlag(
                  "scrape.timestamp-tolerance",
                  Kind.DURATION,
                  "2ms",
                  Mode.BOTH,
                  "Largest alignment shift.")
              .hide(),
          new ServerFlag(
                  "scrape.discovery-reload-interval",
                  Kind.DURATION,
                  "5s",
                  Mode.BOTH,
                  "Throttle of target-group updates.")
              .hide(),
          new ServerFlag(
              "alertmanager.notification-queue-capacity",
              Kind.INTEGER,
              "10000",
              Mode.SERVER,
              "Pending notifications. Use with server mode only."),
          new ServerFlag(
              "alertmanager.notification-batch-size",
              Kind.INTEGER,
              "256",
              Mode.SERVER,
              "Alerts per notification request. Use with server mode only."),
          new ServerFlag(
              "alertmanager.drain-notification-queue-on-shutdown",
              Kind.BOOLEAN,
              "true",
              Mode.SERVER,
              "Send what is queued before stopping. Use with server mode only."),
          new ServerFlag(
              "query.lookback-delta",
              Kind.DURATION,
              "5m",
              Mode.SERVER,
              "How far an instant selector looks back. Use with server mode only."),
          new ServerFlag(
              "query.timeout",
              Kind.DURATION,
              "2m",
              Mode.SERVER,
              "Longest query run time. Use with server mode only."),
          new ServerFlag(
              "query.max-concurrency",
              Kind.INTEGER,
              "20",
              Mode.SERVER,
              "Queries run at once. Use with server mode only."),
          new ServerFlag(
              "query.max-samples",
              Kind.INTEGER,
              "50000000",
              Mode.SERVER,
              "Samples one query may hold in memory. Use with server mode only."),
          new ServerFlag(
                  "enable-feature",
                  Kind.TEXT,
                  "",
                  Mode.BOTH,
                  "Comma-separated names, see feature-flags.md.")
              .many(),
          new ServerFlag(
              "agent",
              Kind.BOOLEAN,
              "false",
              Mode.BOTH,
              "Agent mode: scrape and remote-write only."),
          new ServerFlag("log.level", Kind.CHOICE, "info", Mode.BOTH, "Debug, info, warn, error.")
              .oneOf("debug", "info", "warn", "error"),
          new ServerFlag("log.format", Kind.CHOICE, "logfmt", Mode.BOTH, "Logfmt or json.")
              .oneOf("logfmt", "json"),
          new ServerFlag(
                  "write-documentation",
                  Kind.BOOLEAN,
                  "false",
                  Mode.BOTH,
                  "Print flag reference as Markdown.")
              .hide());

  public static final List<Flag> ALL = BY_MODE.stream().map(ServerFlag::flag).toList();

  private ServerFlags() {}
}
