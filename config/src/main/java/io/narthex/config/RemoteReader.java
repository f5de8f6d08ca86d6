package io.narthex.config;

import io.narthex.config.yaml.Values;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Makes the records of remote write and remote read. */
final class RemoteReader {
  private RemoteReader() {}

  static List<RemoteWriteConfig> readWrites(Values config) {
    List<RemoteWriteConfig> all = new ArrayList<>();
    for (Values values : config.sections("remote_write")) {
      if (values != null) {
        all.add(readWrite(values));
      }
    }
    return all;
  }

  private static RemoteWriteConfig readWrite(Values values) {
    Values queue = values.section("queue_config");
    Values metadata = values.section("metadata_config");
    boolean second = values.text("protobuf_message").equals(RemoteWriteConfig.Message.V2.text());
    return new RemoteWriteConfig(
        values.text("url"),
        values.text("name"),
        values.duration("remote_timeout"),
        second ? RemoteWriteConfig.Message.V2 : RemoteWriteConfig.Message.V1,
        values.map("headers"),
        RelabelSection.readAll(values, "write_relabel_configs"),
        values.bool("send_exemplars"),
        values.bool("send_native_histograms"),
        values.bool("round_robin_dns"),
        values.bool("failed_request_logging"),
        HttpClientReader.read(values),
        new RemoteWriteConfig.Queue(
            queue.integer("capacity"),
            queue.integer("max_shards"),
            queue.integer("min_shards"),
            queue.integer("max_samples_per_send"),
            queue.duration("batch_send_deadline"),
            queue.duration("min_backoff"),
            queue.duration("max_backoff"),
            queue.bool("retry_on_http_429"),
            queue.duration("sample_age_limit")),
        new RemoteWriteConfig.Metadata(
            metadata.bool("send"),
            metadata.duration("send_interval"),
            metadata.integer("max_samples_per_send")),
        sigv4(values.optional("sigv4")),
        cloudAuth(values));
  }

  private static Map<String, Object> cloudAuth(Values values) {
    Map<String, Object> all = new LinkedHashMap<>();
    for (String key : List.of("azuread", "google_iam")) {
      Values section = values.optional(key);
      if (section != null) {
        all.put(key, section.toMap());
      }
    }
    return all;
  }

  static Optional<SigV4Config> sigv4(@Nullable Values values) {
    return values == null
        ? Optional.empty()
        : Optional.of(
            new SigV4Config(
                values.text("region"),
                values.text("access_key"),
                values.secret("secret_key"),
                values.text("profile"),
                values.text("role_arn"),
                values.text("external_id"),
                values.bool("use_fips_sts_endpoint")));
  }

  static List<RemoteReadConfig> readReads(Values config) {
    List<RemoteReadConfig> all = new ArrayList<>();
    for (Values values : config.sections("remote_read")) {
      if (values != null) {
        all.add(
            new RemoteReadConfig(
                values.text("url"),
                values.text("name"),
                values.duration("remote_timeout"),
                values.number("chunked_read_limit"),
                values.map("headers"),
                values.bool("read_recent"),
                values.bool("filter_external_labels"),
                values.map("required_matchers"),
                HttpClientReader.read(values)));
      }
    }
    return all;
  }
}
