package io.narthex.config;

import io.narthex.config.yaml.Section;
import io.narthex.config.yaml.Values;
import io.narthex.config.yaml.YamlType.Scalar;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** The keys of {@code remote_write} and {@code remote_read}. */
final class RemoteSections {
  private static final Pattern UUID =
      Pattern.compile("(urn:uuid:|\\{)?[0-9a-fA-F]{8}-?([0-9a-fA-F]{4}-?){3}[0-9a-fA-F]{12}\\}?");
  private static final List<String> AUTH_KEYS =
      List.of("basic_auth", "authorization", "oauth2", "sigv4", "azuread", "google_iam");
  private static final List<String> AZURE_METHODS =
      List.of("managed_identity", "workload_identity", "oauth", "sdk", "certificate");

  static final Section SIGV4 =
      Section.named("sigv4.plain")
          .text("region")
          .text("access_key")
          .secret("secret_key")
          .text("profile")
          .text("role_arn")
          .text("external_id")
          .bool("use_fips_sts_endpoint")
          .text("service_name")
          .check(RemoteSections::checkSigv4);

  static final Section AZUREAD =
      Section.named("azuread.plain")
          .optional(
              "managed_identity", Section.named("azuread.ManagedIdentityConfig").text("client_id"))
          .optional(
              "workload_identity",
              Section.named("azuread.WorkloadIdentityConfig")
                  .text("client_id")
                  .text("tenant_id")
                  .text("token_file_path"))
          .optional(
              "oauth",
              Section.named("azuread.OAuthConfig")
                  .text("client_id")
                  .secret("client_secret")
                  .text("tenant_id"))
          .optional("sdk", Section.named("azuread.SDKConfig").text("tenant_id"))
          .optional(
              "certificate",
              Section.named("azuread.CertificateConfig")
                  .text("client_id")
                  .text("tenant_id")
                  .text("certificate_path")
                  .text("certificate_key_path")
                  .secret("certificate_password")
                  .bool("send_certificate_chain"))
          .text("cloud")
          .text("scope")
          .check(RemoteSections::checkAzure);

  private static final Section QUEUE =
      Section.named("config.QueueConfig")
          .integer("capacity")
          .initially(10_000L)
          .integer("max_shards")
          .initially(50L)
          .integer("min_shards")
          .initially(1L)
          .integer("max_samples_per_send")
          .initially(2_000L)
          .duration("batch_send_deadline")
          .initially(Duration.ofSeconds(5))
          .duration("min_backoff")
          .initially(Duration.ofMillis(30))
          .duration("max_backoff")
          .initially(Duration.ofSeconds(5))
          .bool("retry_on_http_429")
          .duration("sample_age_limit");

  private static final Section METADATA =
      Section.named("config.MetadataConfig")
          .bool("send")
          .initially(true)
          .shown()
          .duration("send_interval")
          .initially(Duration.ofMinutes(1))
          .shown()
          .integer("max_samples_per_send")
          .initially(2_000L);

  static final Section WRITE =
      Section.named("config.plain")
          .url("url")
          .shown()
          .duration("remote_timeout")
          .initially(Duration.ofSeconds(30))
          .map("headers", Scalar.TEXT)
          .sections("write_relabel_configs", RelabelSection.RULE)
          .text("name")
          .bool("send_exemplars")
          .bool("send_native_histograms")
          .bool("round_robin_dns")
          .choice(
              "protobuf_message",
              "string",
              "invalid protobuf_message value: unknown type for remote write protobuf message %s,"
                  + " supported: prometheus.WriteRequest, io.prometheus.write.v2.Request",
              "prometheus.WriteRequest",
              "io.prometheus.write.v2.Request")
          .initially("prometheus.WriteRequest")
          .bool("failed_request_logging")
          .inlineKeys(HttpSections.KEYS)
          .initially("enable_http2", false)
          .section("queue_config", QUEUE)
          .section("metadata_config", METADATA)
          .optional("sigv4", SIGV4)
          .optional("azuread", AZUREAD)
          .optional("google_iam", Section.named("googleiam.Config").text("credentials_file"))
          .check(RemoteSections::checkWrite)
          .check(HttpSections::check)
          .check(RemoteSections::checkQueue);

  static final Section READ =
      Section.named("config.plain")
          .url("url")
          .shown()
          .duration("remote_timeout")
          .initially(Duration.ofMinutes(1))
          .count("chunked_read_limit")
          .initially(50_000_000L)
          .map("headers", Scalar.TEXT)
          .bool("read_recent")
          .text("name")
          .inlineKeys(HttpSections.KEYS)
          .map("required_matchers", Scalar.LABEL_NAME, Scalar.TEXT)
          .bool("filter_external_labels")
          .initially(true)
          .check(
              values -> {
                if (!values.isSet("url") || values.text("url").isEmpty()) {
                  values.refuse("url", "url for remote_read is empty");
                }
                ConfigSections.checkHeaders(values);
              })
          .check(HttpSections::check);

  private RemoteSections() {}

  private static void checkWrite(Values values) {
    if (values.text("url").isEmpty()) {
      values.refuse("url", "url for remote_write is empty");
    }
    RelabelSection.refuseEmpty(
        values, "write_relabel_configs", "empty or null relabeling rule in remote write config");
    ConfigSections.checkHeaders(values);
    List<String> configured = new ArrayList<>();
    for (String key : AUTH_KEYS) {
      if (values.optional(key) != null) {
        configured.add(key);
      }
    }
    if (configured.size() > 1) {
      values.refuse(
          configured.getLast(),
          "at most one of basic_auth, authorization, oauth2, sigv4, azuread or google_iam must be"
              + " configured. Currently configured: ["
              + String.join(" ", configured)
              + "]");
    }
  }

  private static void checkQueue(Values values) {
    Values queue = values.section("queue_config");
    for (String key : List.of("max_shards", "min_shards", "max_samples_per_send", "capacity")) {
      if (queue.number(key) <= 0) {
        queue.refuse(key, "remote write queue " + key + " must be positive");
      }
    }
    if (queue.number("min_shards") > queue.number("max_shards")) {
      queue.refuse(
          "min_shards", "remote write queue min_shards must not be greater than max_shards");
    }
    if (queue.duration("max_backoff").compareTo(queue.duration("min_backoff")) < 0) {
      queue.refuse(
          "max_backoff", "remote write queue max_backoff must not be less than min_backoff");
    }
  }

  private static void checkSigv4(Values values) {
    if (values.text("access_key").isEmpty() != values.secret("secret_key").isEmpty()) {
      values.refuse(
          "must provide a AWS SigV4 Access key and Secret Key if credentials are specified in the"
              + " SigV4 config");
    }
    if (!values.text("external_id").isEmpty() && values.text("role_arn").isEmpty()) {
      values.refuse("external_id", "external_id can only be used with role_arn");
    }
  }

  private static void checkAzure(Values values) {
    String cloud = values.text("cloud");
    if (cloud.isEmpty()) {
      values.set("cloud", "AzurePublic");
    } else if (!List.of("AzureChina", "AzureGovernment", "AzurePublic").contains(cloud)) {
      values.refuse("cloud", "must provide a cloud in the Azure AD config");
    }
    long methods = AZURE_METHODS.stream().filter(key -> values.optional(key) != null).count();
    if (methods == 0) {
      values.refuse(
          "must provide an Azure Managed Identity, Azure Workload Identity, Azure OAuth, Azure"
              + " Certificate or Azure SDK in the Azure AD config");
    } else if (methods > 1) {
      values.refuse("cannot provide multiple authentication methods in the Azure AD config");
    }
    checkIdentifiers(values, "managed_identity", "Managed Identity", "client_id");
    checkIdentifiers(values, "workload_identity", "Workload Identity", "client_id", "tenant_id");
    checkIdentifiers(values, "oauth", "OAuth", "client_id", "tenant_id");
    checkIdentifiers(values, "certificate", "Certificate", "client_id", "tenant_id");
    Values oauth = values.optional("oauth");
    if (oauth != null && oauth.secret("client_secret").isEmpty()) {
      oauth.refuse(
          "client_secret", "must provide an Azure OAuth client_secret in the Azure AD config");
    }
    Values workload = values.optional("workload_identity");
    if (workload != null && workload.text("token_file_path").isEmpty()) {
      workload.set("token_file_path", "/var/run/secrets/azure/tokens/azure-identity-token");
    }
    Values certificate = values.optional("certificate");
    if (certificate != null && certificate.text("certificate_path").isEmpty()) {
      certificate.refuse(
          "certificate_path",
          "must provide an Azure Certificate certificate_path in the Azure AD config");
    }
    checkScope(values);
  }

  private static void checkIdentifiers(Values values, String key, String method, String... names) {
    Values section = values.optional(key);
    if (section == null) {
      return;
    }
    for (String name : names) {
      String id = section.text(name);
      if (id.isEmpty() && !key.equals("managed_identity")) {
        section.refuse(
            name, "must provide an Azure " + method + " " + name + " in the Azure AD config");
      } else if (!id.isEmpty() && mustBeUuid(key, name) && !UUID.matcher(id).matches()) {
        section.refuse(name, "the provided Azure " + method + " " + name + " is invalid");
      }
    }
  }

  /** Upstream is strict with client identifiers, and with tenants only of workload identities. */
  private static boolean mustBeUuid(String method, String name) {
    return name.equals("client_id") || method.equals("workload_identity");
  }

  private static void checkScope(Values values) {
    String scope = values.text("scope");
    if (!scope.isEmpty() && !scope.matches("[\\w\\s:/.\\-]+")) {
      values.refuse("scope", "the provided scope contains invalid characters");
    }
  }
}
