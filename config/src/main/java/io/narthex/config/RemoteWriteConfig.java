package io.narthex.config;

import io.narthex.config.relabel.RelabelConfig;
import io.narthex.http.client.HttpClientConfig;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A remote system that gets all samples.
 *
 * @param cloudAuth settings of {@code azuread} and {@code google_iam} by section, after defaults
 */
public record RemoteWriteConfig(
    String url,
    String name,
    Duration remoteTimeout,
    Message message,
    Map<String, String> headers,
    List<RelabelConfig> writeRelabelConfigs,
    boolean sendExemplars,
    boolean sendNativeHistograms,
    boolean roundRobinDns,
    boolean failedRequestLogging,
    HttpClientConfig http,
    Queue queue,
    Metadata metadata,
    Optional<SigV4Config> sigv4,
    Map<String, Object> cloudAuth) {

  /** The two protocols. */
  public enum Message {
    V1("prometheus.WriteRequest"),
    V2("io.prometheus.write.v2.Request");

    private final String text;

    Message(String text) {
      this.text = text;
    }

    /** As in configuration files and content types. */
    public String text() {
      return text;
    }
  }

  /** The queue between the log and the remote system. */
  public record Queue(
      int capacity,
      int maxShards,
      int minShards,
      int maxSamplesPerSend,
      Duration batchSendDeadline,
      Duration minBackoff,
      Duration maxBackoff,
      boolean retryOnRateLimit,
      Duration sampleAgeLimit) {}

  /** Metric metadata of protocol 1. */
  public record Metadata(boolean send, Duration sendInterval, int maxSamplesPerSend) {}
}
