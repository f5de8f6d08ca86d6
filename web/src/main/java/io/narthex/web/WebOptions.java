package io.narthex.web;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What flags decide about the web server; {@link #builder} starts from Prometheus' defaults.
 *
 * @param listenAddresses {@code host:port} each
 * @param externalUrl under which the server is reached from outside; its path is used in redirects
 * @param routePrefix what all paths begin with: {@code /} or {@code /prefix}
 * @param corsOrigin anchored regular expression of the origins that scripts may come from
 * @param userAssets folder served below {@code /user}
 * @param appName how the server calls itself in health answers
 * @param maxNotificationSubscribers most clients of {@code /api/v1/notifications/live} at once
 */
public record WebOptions(
    List<String> listenAddresses,
    URI externalUrl,
    String routePrefix,
    Duration readTimeout,
    int maxConnections,
    String corsOrigin,
    boolean enableLifecycle,
    boolean enableAdminApi,
    boolean enableRemoteWriteReceiver,
    String pageTitle,
    Optional<Path> userAssets,
    String appName,
    int maxNotificationSubscribers) {
  public WebOptions {
    listenAddresses = List.copyOf(listenAddresses);
  }

  public static Builder builder() {
    return new Builder();
  }

  /** Changes options one by one. */
  public static final class Builder {
    private List<String> listenAddresses = List.of("0.0.0.0:9090");
    private URI externalUrl = URI.create("http://localhost:9090/");
    private String routePrefix = "/";
    private Duration readTimeout = Duration.ofMinutes(5);
    private int maxConnections = 512;
    private String corsOrigin = ".*";
    private boolean enableLifecycle;
    private boolean enableAdminApi;
    private boolean enableRemoteWriteReceiver;
    private String pageTitle = "Prometheus Time Series Collection and Processing Server";
    private Optional<Path> userAssets = Optional.empty();
    private String appName = "Prometheus Server";
    private int maxNotificationSubscribers = 16;

    private Builder() {}

    public Builder listenAddresses(List<String> addresses) {
      listenAddresses = addresses;
      return this;
    }

    public Builder externalUrl(URI url) {
      externalUrl = url;
      return this;
    }

    public Builder routePrefix(String prefix) {
      routePrefix = prefix;
      return this;
    }

    public Builder readTimeout(Duration timeout) {
      readTimeout = timeout;
      return this;
    }

    public Builder maxConnections(int connections) {
      maxConnections = connections;
      return this;
    }

    public Builder corsOrigin(String regex) {
      corsOrigin = regex;
      return this;
    }

    public Builder enableLifecycle(boolean on) {
      enableLifecycle = on;
      return this;
    }

    public Builder enableAdminApi(boolean on) {
      enableAdminApi = on;
      return this;
    }

    public Builder enableRemoteWriteReceiver(boolean on) {
      enableRemoteWriteReceiver = on;
      return this;
    }

    public Builder pageTitle(String title) {
      pageTitle = title;
      return this;
    }

    public Builder userAssets(Path folder) {
      userAssets = Optional.of(folder);
      return this;
    }

    public Builder appName(String name) {
      appName = name;
      return this;
    }

    public Builder maxNotificationSubscribers(int subscribers) {
      maxNotificationSubscribers = subscribers;
      return this;
    }

    public WebOptions build() {
      return new WebOptions(
          listenAddresses,
          externalUrl,
          routePrefix,
          readTimeout,
          maxConnections,
          corsOrigin,
          enableLifecycle,
          enableAdminApi,
          enableRemoteWriteReceiver,
          pageTitle,
          userAssets,
          appName,
          maxNotificationSubscribers);
    }
  }
}
