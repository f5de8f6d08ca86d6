package io.narthex.config;

import io.narthex.config.yaml.GoUrl;
import io.narthex.config.yaml.Section;
import io.narthex.config.yaml.Values;
import io.narthex.model.labels.GoQuote;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** Sections of the mechanisms that ask a cloud. */
final class CloudDiscoverySections {
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Set<String> AZURE_METHODS =
      Set.of("OAuth", "ManagedIdentity", "SDK", "WorkloadIdentity");

  private static final Section AWS_FILTER =
      Section.named("aws.Filter").text("name").shown().texts("values").shown();

  static final List<Mechanism> ALL =
      List.of(
          Mechanism.http("aws", aws()),
          Mechanism.http("azure", azure()),
          Mechanism.http("digitalocean", digitalocean()),
          Mechanism.http("ec2", ec2()),
          Mechanism.http("ecs", awsService().integer("request_concurrency").initially(20L)),
          Mechanism.http("elasticache", awsService().integer("request_concurrency").initially(10L)),
          Mechanism.plain("gce", gce()),
          Mechanism.http("hetzner", hetzner()),
          Mechanism.http("ionos", ionos()),
          Mechanism.http("lightsail", lightsail()),
          Mechanism.http("linode", linode()),
          Mechanism.http("msk", awsService().integer("request_concurrency").initially(10L)),
          Mechanism.http("oci", oci(), "key_file", "key_passphrase_file"),
          Mechanism.plain("openstack", openstack()),
          Mechanism.http("outscale", outscale(), "secret_key_file"),
          Mechanism.plain("ovhcloud", ovhcloud()),
          Mechanism.http(
              "rds",
              awsService()
                  .sections("filters", AWS_FILTER)
                  .shown()
                  .integer("request_concurrency")
                  .initially(10L)),
          Mechanism.http("scaleway", scaleway(), "secret_key_file"),
          Mechanism.http("stackit", stackit()),
          Mechanism.plain("triton", triton()),
          Mechanism.http("vultr", vultr()));

  private CloudDiscoverySections() {}

  private static Section aws() {
    return Section.named("aws.plain")
        .choice(
            "role",
            "string",
            "unknown AWS SD role %q",
            "ec2",
            "ecs",
            "elasticache",
            "lightsail",
            "msk",
            "rds")
        .shown()
        .inlineKeys(awsCredentials())
        .duration("refresh_interval")
        .integer("port")
        .inlineKeys(HttpSections.KEYS)
        .initially("follow_redirects", false)
        .initially("enable_http2", false)
        .sections("filters", AWS_FILTER)
        .texts("clusters")
        .check(
            values -> {
              if (values.text("role").isEmpty()) {
                values.refuse("role", "unknown AWS SD role \"\"");
              }
            });
  }

  private static Section awsCredentials() {
    return Section.named("aws.plain")
        .text("region")
        .text("endpoint")
        .text("access_key")
        .secret("secret_key")
        .text("profile")
        .text("role_arn")
        .text("external_id");
  }

  /** The keys that one AWS service has by itself. */
  private static Section awsService() {
    return Section.named("aws.plain")
        .text("region")
        .shown()
        .text("endpoint")
        .shown()
        .text("access_key")
        .secret("secret_key")
        .text("profile")
        .text("role_arn")
        .text("external_id")
        .texts("clusters")
        .integer("port")
        .initially(80L)
        .shown()
        .duration("refresh_interval")
        .initially(MINUTE)
        .inlineKeys(HttpSections.KEYS)
        .check(HttpSections::check);
  }

  private static Section ec2() {
    return lightsailKeys()
        .sections("filters", AWS_FILTER)
        .shown()
        .inlineKeys(HttpSections.KEYS)
        .check(
            values -> {
              for (Values filter : values.sections("filters")) {
                if (filter == null || filter.texts("values").isEmpty()) {
                  values.refuse("filters", "EC2 SD configuration filter values cannot be empty");
                }
              }
            })
        .check(HttpSections::check);
  }

  private static Section lightsail() {
    return lightsailKeys().inlineKeys(HttpSections.KEYS).check(HttpSections::check);
  }

  private static Section lightsailKeys() {
    return Section.named("aws.plain")
        .text("endpoint")
        .shown()
        .text("region")
        .shown()
        .text("access_key")
        .secret("secret_key")
        .text("profile")
        .text("role_arn")
        .text("external_id")
        .duration("refresh_interval")
        .initially(MINUTE)
        .integer("port")
        .initially(80L)
        .shown();
  }

  private static Section azure() {
    return Section.named("azure.plain")
        .text("environment")
        .initially("AzurePublicCloud")
        .integer("port")
        .initially(80L)
        .shown()
        .text("subscription_id")
        .shown()
        .text("tenant_id")
        .text("client_id")
        .secret("client_secret")
        .duration("refresh_interval")
        .initially(Duration.ofMinutes(5))
        .text("authentication_method")
        .initially("OAuth")
        .text("resource_group")
        .inlineKeys(HttpSections.KEYS)
        .check(CloudDiscoverySections::checkAzure)
        .check(HttpSections::check);
  }

  private static void checkAzure(Values values) {
    required(values, "subscription_id", "azure SD configuration requires a subscription_id");
    String method = values.text("authentication_method");
    if (method.equals("OAuth")) {
      required(values, "tenant_id", "azure SD configuration requires a tenant_id");
      required(values, "client_id", "azure SD configuration requires a client_id");
      if (values.secret("client_secret").isEmpty()) {
        values.refuse("client_secret", "azure SD configuration requires a client_secret");
      }
    }
    if (!AZURE_METHODS.contains(method)) {
      values.refuse(
          "authentication_method",
          "unknown authentication_type "
              + GoQuote.quote(method)
              + ". Supported types are \"OAuth\", \"ManagedIdentity\", \"SDK\" or"
              + " \"WorkloadIdentity\"");
    }
  }

  private static void required(Values values, String name, String message) {
    if (values.text(name).isEmpty()) {
      values.refuse(name, message);
    }
  }

  /** Http keys, interval and port as many clouds have them. */
  private static Section common(String goName) {
    return Section.named(goName)
        .inlineKeys(HttpSections.KEYS)
        .duration("refresh_interval")
        .initially(MINUTE)
        .shown()
        .integer("port")
        .initially(80L)
        .shown();
  }

  private static Section digitalocean() {
    return common("digitalocean.plain")
        .choice("role", "string", "unknown DigitalOcean SD role %q", "droplets", "databases")
        .initially("droplets")
        .shown()
        // Upstream's structure exposes this field by accident.
        .optional("httpclient", Section.named("http.Client"))
        .shown()
        .check(values -> required(values, "role", "role missing (one of: droplets, databases)"))
        .check(HttpSections::check);
  }

  private static Section gce() {
    return Section.named("gce.plain")
        .text("project")
        .shown()
        .text("zone")
        .shown()
        .text("filter")
        .duration("refresh_interval")
        .initially(MINUTE)
        .integer("port")
        .initially(80L)
        .shown()
        .text("tag_separator")
        .initially(",")
        .check(
            values -> {
              required(values, "project", "GCE SD configuration requires a project");
              required(values, "zone", "GCE SD configuration requires a zone");
            });
  }

  private static Section hetzner() {
    return common("hetzner.plain")
        .choice("role", "string", "unknown role %q", "robot", "hcloud")
        .shown()
        .text("label_selector")
        .check(values -> required(values, "role", "role missing (one of: robot, hcloud)"))
        .check(HttpSections::check);
  }

  private static Section ionos() {
    return Section.named("ionos.plain")
        .text("datacenter_id")
        .shown()
        .inlineKeys(common("ionos.plain"))
        .check(values -> required(values, "datacenter_id", "datacenter id can't be empty"))
        .check(HttpSections::check);
  }

  private static Section linode() {
    return common("linode.plain")
        .text("tag_separator")
        .initially(",")
        .text("region")
        .check(HttpSections::check);
  }

  private static Section oci() {
    return Section.named("oci.plain")
        .text("auth")
        .initially("api_key")
        .text("tenancy")
        .text("user")
        .text("fingerprint")
        .text("key_file")
        .secret("key_passphrase")
        .text("key_passphrase_file")
        .text("region")
        .shown()
        .texts("compartments")
        .inlineKeys(HttpSections.KEYS)
        .integer("port")
        .initially(80L)
        .shown()
        .duration("refresh_interval")
        .initially(MINUTE)
        .shown()
        .check(CloudDiscoverySections::checkOci)
        .check(HttpSections::check);
  }

  private static void checkOci(Values values) {
    required(values, "region", "oci_sd: region is required");
    boolean passphrase = !values.secret("key_passphrase").isEmpty();
    boolean passphraseFile = !values.text("key_passphrase_file").isEmpty();
    if (values.text("auth").equals("api_key")) {
      for (String name : List.of("tenancy", "user", "fingerprint", "key_file")) {
        required(values, name, "oci_sd: api_key auth requires " + name);
      }
      if (passphrase && passphraseFile) {
        values.refuse(
            "key_passphrase",
            "oci_sd: at most one of key_passphrase and key_passphrase_file must be configured");
      }
    } else if (values.text("auth").equals("instance_principal")) {
      boolean any =
          passphrase
              || passphraseFile
              || List.of("tenancy", "user", "fingerprint", "key_file").stream()
                  .anyMatch(name -> !values.text(name).isEmpty());
      if (any) {
        values.refuse(
            "oci_sd: instance_principal auth must not have tenancy, user, fingerprint, key_file,"
                + " key_passphrase, or key_passphrase_file set");
      }
    } else {
      values.refuse(
          "auth",
          "oci_sd: unknown auth method "
              + GoQuote.quote(values.text("auth"))
              + ", expected \"api_key\" or \"instance_principal\"");
    }
    List<String> compartments = values.texts("compartments");
    for (int i = 0; i < compartments.size(); i++) {
      if (compartments.get(i).isEmpty()) {
        values.refuseEntry("compartments", i, "oci_sd: compartments[" + i + "] must not be empty");
      }
    }
    if (values.duration("refresh_interval").isZero()) {
      values.refuse("refresh_interval", "oci_sd: refresh_interval must be positive, got 0s");
    }
  }

  private static Section openstack() {
    return Section.named("openstack.plain")
        .text("identity_endpoint")
        .shown()
        .text("username")
        .shown()
        .text("userid")
        .shown()
        .secret("password")
        .shown()
        .text("project_name")
        .shown()
        .text("project_id")
        .shown()
        .text("domain_name")
        .shown()
        .text("domain_id")
        .shown()
        .text("application_credential_name")
        .shown()
        .text("application_credential_id")
        .shown()
        .secret("application_credential_secret")
        .shown()
        .choice(
            "role",
            "string",
            "unknown OpenStack SD role %q",
            "hypervisor",
            "instance",
            "loadbalancer")
        .shown()
        .text("region")
        .shown()
        .duration("refresh_interval")
        .initially(MINUTE)
        .shown()
        .integer("port")
        .initially(80L)
        .shown()
        .bool("all_tenants")
        .section("tls_config", HttpSections.TLS)
        .text("availability")
        .initially("public")
        .check(CloudDiscoverySections::checkOpenstack);
  }

  private static void checkOpenstack(Values values) {
    String availability = values.text("availability");
    if (!Set.of("public", "internal", "admin").contains(availability)) {
      values.refuse(
          "availability",
          "unknown availability " + availability + ", must be one of admin, internal or public");
    }
    required(values, "role", "role missing (one of: instance, hypervisor, loadbalancer)");
    required(values, "region", "openstack SD configuration requires a region");
  }

  private static Section outscale() {
    return Section.named("outscale.plain")
        .text("endpoint")
        .text("region")
        .initially("eu-west-2")
        .shown()
        .text("access_key")
        .shown()
        .secret("secret_key")
        .shown()
        .text("secret_key_file")
        .shown()
        .duration("refresh_interval")
        .initially(MINUTE)
        .integer("port")
        .initially(80L)
        .shown()
        .inlineKeys(HttpSections.KEYS)
        .check(
            values -> {
              required(values, "region", "outscale SD configuration requires a region");
              required(values, "access_key", "outscale SD configuration requires access_key");
              checkSecretKey(values);
              if (values.text("endpoint").isEmpty()) {
                values.set(
                    "endpoint", "https://api." + values.text("region") + ".outscale.com/api/v1");
              }
            })
        .check(HttpSections::check);
  }

  private static void checkSecretKey(Values values) {
    boolean key = !values.secret("secret_key").isEmpty();
    boolean file = !values.text("secret_key_file").isEmpty();
    if (!key && !file) {
      values.refuse("one of secret_key & secret_key_file must be configured");
    }
    if (key && file) {
      values.refuse("at most one of secret_key & secret_key_file must be configured");
    }
  }

  private static Section ovhcloud() {
    return Section.named("ovhcloud.plain")
        .text("endpoint")
        .initially("ovh-eu")
        .shown()
        .text("application_key")
        .shown()
        .secret("application_secret")
        .shown()
        .secret("consumer_key")
        .shown()
        .duration("refresh_interval")
        .initially(MINUTE)
        .shown()
        .text("service")
        .shown()
        .check(
            values -> {
              required(values, "endpoint", "endpoint can not be empty");
              required(values, "application_key", "application key can not be empty");
              if (values.secret("application_secret").isEmpty()) {
                values.refuse("application_secret", "application secret can not be empty");
              }
              if (values.secret("consumer_key").isEmpty()) {
                values.refuse("consumer_key", "consumer key can not be empty");
              }
              if (!Set.of("dedicated_server", "vps").contains(values.text("service"))) {
                values.refuse("service", "unknown service: " + values.text("service"));
              }
            });
  }

  private static Section scaleway() {
    return Section.named("scaleway.plain")
        .text("project_id")
        .shown()
        .text("api_url")
        .initially("https://api.scaleway.com")
        .text("zone")
        .initially("fr-par-1")
        .shown()
        .text("access_key")
        .shown()
        .secret("secret_key")
        .shown()
        .text("secret_key_file")
        .shown()
        .text("name_filter")
        .texts("tags_filter")
        .inlineKeys(common("scaleway.plain"))
        .choice("role", "string", "unknown role %q", "instance", "baremetal")
        .shown()
        .check(
            values -> {
              required(values, "role", "role missing (one of: instance, baremetal)");
              required(values, "project_id", "project_id is mandatory");
              checkSecretKey(values);
              required(values, "access_key", "access_key is mandatory");
            })
        .check(HttpSections::check);
  }

  private static Section stackit() {
    return Section.named("stackit.plain")
        .inlineKeys(HttpSections.KEYS)
        .text("project")
        .shown()
        .duration("refresh_interval")
        .initially(MINUTE)
        .integer("port")
        .initially(80L)
        .text("region")
        .initially("eu01")
        .text("endpoint")
        .secret("service_account_key")
        .secret("private_key")
        .text("service_account_key_path")
        .text("private_key_path")
        .text("credentials_file_path")
        .check(CloudDiscoverySections::checkStackit)
        .check(HttpSections::check);
  }

  private static void checkStackit(Values values) {
    String endpoint = values.text("endpoint");
    if (endpoint.isEmpty() && values.text("region").isEmpty()) {
      values.refuse("stackit_sd: endpoint and region missing");
    }
    try {
      GoUrl.parse(endpoint);
    } catch (IllegalArgumentException e) {
      values.refuse(
          "endpoint",
          "stackit_sd: invalid endpoint " + GoQuote.quote(endpoint) + ": " + e.getMessage());
    }
  }

  private static Section triton() {
    return Section.named("triton.plain")
        .text("account")
        .shown()
        .text("role")
        .initially("container")
        .shown()
        .text("dns_suffix")
        .shown()
        .text("endpoint")
        .shown()
        .texts("groups")
        .integer("port")
        .initially(9163L)
        .shown()
        .duration("refresh_interval")
        .initially(MINUTE)
        .section("tls_config", HttpSections.TLS)
        .integer("version")
        .initially(1L)
        .shown()
        .check(
            values -> {
              if (!Set.of("container", "cn").contains(values.text("role"))) {
                values.refuse(
                    "role", "triton SD configuration requires role to be 'container' or 'cn'");
              }
              required(values, "account", "triton SD configuration requires an account");
              required(values, "dns_suffix", "triton SD configuration requires a dns_suffix");
              required(values, "endpoint", "triton SD configuration requires an endpoint");
              if (values.duration("refresh_interval").isZero()) {
                values.refuse(
                    "refresh_interval",
                    "triton SD configuration requires RefreshInterval to be a positive integer");
              }
            });
  }

  private static Section vultr() {
    return common("vultr.plain").check(HttpSections::check);
  }
}
